/** Registering people, and reading who is who, over HTTP. */
@NullMarked
package dev.cadastre.command.people.http;

import org.jspecify.annotations.NullMarked;
