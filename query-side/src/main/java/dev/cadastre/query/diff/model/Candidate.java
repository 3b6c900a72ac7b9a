package dev.cadastre.query.diff.model;

import dev.cadastre.query.temporal.Version;
import org.jspecify.annotations.Nullable;

/**
 * A thing whose version is not the same at both coordinates; its content may be.
 *
 * @param within whether its facets are those asked for at the first coordinates
 * @param withinAfter whether they are at the second
 */
record Candidate(
        String kind,
        String id,
        @Nullable Version from,
        @Nullable Version to,
        boolean within,
        boolean withinAfter) {

    /** Whether it is there at both, so that only the contents tell whether it differs. */
    boolean isThereAtBoth() {
        return from != null && to != null;
    }
}
