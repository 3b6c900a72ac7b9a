/** The commands about assets, as HTTP requests. */
@NullMarked
package dev.cadastre.command.assets.http;

import org.jspecify.annotations.NullMarked;
