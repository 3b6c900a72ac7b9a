/** Problems of RFC 9457: the closed set, and the one place where they become responses. */
@NullMarked
package dev.cadastre.http.problem;

import org.jspecify.annotations.NullMarked;
