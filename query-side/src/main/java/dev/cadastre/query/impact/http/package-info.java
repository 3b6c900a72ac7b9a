/** The HTTP of impact. */
@NullMarked
package dev.cadastre.query.impact.http;

import org.jspecify.annotations.NullMarked;
