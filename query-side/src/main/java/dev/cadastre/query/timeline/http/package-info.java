/** The HTTP of timelines. */
@NullMarked
package dev.cadastre.query.timeline.http;

import org.jspecify.annotations.NullMarked;
