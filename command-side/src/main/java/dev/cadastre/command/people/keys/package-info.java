/** The keys of people, kept outside the log, and the cipher that uses them. */
@NullMarked
package dev.cadastre.command.people.keys;

import org.jspecify.annotations.NullMarked;
