/** The HTTP of live queries. */
@NullMarked
package dev.cadastre.query.live.http;

import org.jspecify.annotations.NullMarked;
