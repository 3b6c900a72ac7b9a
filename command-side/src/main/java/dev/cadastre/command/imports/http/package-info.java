/** Imports over HTTP: sending a file, following the run, reading what was refused. */
@NullMarked
package dev.cadastre.command.imports.http;

import org.jspecify.annotations.NullMarked;
