/** Reads files of recorded history and carries them into the log, one change set per change. */
@NullMarked
package dev.cadastre.command.imports.model;

import org.jspecify.annotations.NullMarked;
