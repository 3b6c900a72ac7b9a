/** The temporal index in the heap: timelines, facets and relations on both time axes. */
@NullMarked
package dev.cadastre.query.temporal;

import org.jspecify.annotations.NullMarked;
