package dev.cadastre.query.counts.model;

import dev.cadastre.query.temporal.Count;
import java.util.List;

/**
 * Counts at one instant.
 *
 * @param asOf microseconds since 1970
 * @param counts by the combinations of values that occur
 */
public record Tally(long asOf, List<Count> counts) {

    public Tally {
        counts = List.copyOf(counts);
    }

    public long total() {
        return counts.stream().mapToLong(Count::count).sum();
    }
}
