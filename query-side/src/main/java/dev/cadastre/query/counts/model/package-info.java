/** Counts by facet, at one instant or as a series, and changes over time. */
@NullMarked
package dev.cadastre.query.counts.model;

import org.jspecify.annotations.NullMarked;
