/** How answers are written for people and for programs. */
@NullMarked
package dev.cadastre.standalone.terminal;

import org.jspecify.annotations.NullMarked;
