package dev.cadastre.events.ci;

import java.time.Instant;
import java.util.Objects;

/**
 * Names a version of a CI.
 *
 * @param number of the version, from 0
 * @param validFrom start of its valid interval
 * @param sequenceNumber of the event of the same CI that created it
 */
public record RestoredVersion(int number, Instant validFrom, long sequenceNumber) {
    public RestoredVersion {
        Objects.requireNonNull(validFrom, "validFrom");
    }
}
