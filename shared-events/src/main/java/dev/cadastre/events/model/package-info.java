/** What defines the words of the register: CI classes and relation types. */
@NullMarked
package dev.cadastre.events.model;

import org.jspecify.annotations.NullMarked;
