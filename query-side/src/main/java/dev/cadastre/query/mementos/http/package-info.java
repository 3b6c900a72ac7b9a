/** The HTTP of TimeMaps: lists of the past states of one thing. */
@NullMarked
package dev.cadastre.query.mementos.http;

import org.jspecify.annotations.NullMarked;
