package dev.cadastre.query.temporal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many entities share a combination of facet values.
 *
 * @param values texts in the order of the facets asked for; null for unknown; empty when no facet
 *     was asked for
 */
public record Count(List<@Nullable String> values, long count) {}
