package dev.cadastre.query.diff.model;

import dev.cadastre.query.temporal.Version;
import org.jspecify.annotations.Nullable;

/** A thing whose version is not the same at both coordinates; its content may be. */
record Candidate(String kind, String id, @Nullable Version from, @Nullable Version to) {

    /** Whether it is there at both, so that only the contents tell whether it differs. */
    boolean isThereAtBoth() {
        return from != null && to != null;
    }
}
