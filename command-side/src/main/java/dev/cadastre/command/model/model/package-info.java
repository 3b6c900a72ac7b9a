/** The words of the register: CI classes and relation types, and how they are defined. */
@NullMarked
package dev.cadastre.command.model.model;

import org.jspecify.annotations.NullMarked;
