package dev.cadastre.query.register.model;

import dev.cadastre.query.register.kinds.RegisterKind;
import dev.cadastre.query.temporal.Version;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one event changed of its asset or CI, at the instant that the event is about: its effective
 * time, or of a retraction that of the fact it takes back.
 *
 * @param instant microseconds since 1970
 * @param before the version believed until the event, or null where the thing was not there
 * @param after the version believed from the event on, or null where the thing is not there
 * @param facetsBefore its facets, in the order of {@link RegisterKind#facets()}; null if not there
 * @param facetsAfter likewise
 */
public record EntityChange(
        RegisterKind kind,
        String id,
        long instant,
        @Nullable Version before,
        @Nullable Version after,
        @Nullable List<@Nullable String> facetsBefore,
        @Nullable List<@Nullable String> facetsAfter) {}
