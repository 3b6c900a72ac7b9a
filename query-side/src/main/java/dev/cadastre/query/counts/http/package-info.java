/** The HTTP of counts and histograms. */
@NullMarked
package dev.cadastre.query.counts.http;

import org.jspecify.annotations.NullMarked;
