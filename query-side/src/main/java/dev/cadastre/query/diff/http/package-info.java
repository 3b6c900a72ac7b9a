/** The HTTP of differences. */
@NullMarked
package dev.cadastre.query.diff.http;

import org.jspecify.annotations.NullMarked;
