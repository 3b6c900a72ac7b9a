/** Instants in the text of requests and responses. */
@NullMarked
package dev.cadastre.http.time;

import org.jspecify.annotations.NullMarked;
