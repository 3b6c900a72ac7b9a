/** The commands about configuration items, over HTTP. */
@NullMarked
package dev.cadastre.command.cis.http;

import org.jspecify.annotations.NullMarked;
