/** The commands that define CI classes and relation types, over HTTP. */
@NullMarked
package dev.cadastre.command.model.http;

import org.jspecify.annotations.NullMarked;
