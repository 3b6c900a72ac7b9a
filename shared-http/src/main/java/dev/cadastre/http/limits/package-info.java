/** What the server takes at all: which host names, how many requests at once, how long lines. */
@NullMarked
package dev.cadastre.http.limits;

import org.jspecify.annotations.NullMarked;
