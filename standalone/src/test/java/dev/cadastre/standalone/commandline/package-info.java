/** The command line against a whole server, as people and programs use it. */
@NullMarked
package dev.cadastre.standalone.commandline;

import org.jspecify.annotations.NullMarked;
