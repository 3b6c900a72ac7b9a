package dev.cadastre.query.diff.model;

import dev.cadastre.query.shared.facts.RecordedFact;
import dev.cadastre.query.temporal.Coordinates;
import java.util.ArrayList;
import java.util.List;

/**
 * A fact that is part of the one state and not of the other: it is one of those that made the
 * difference.
 *
 * @param onlyTo true if it is part of the second state only, false if of the first only
 * @param isRetracted whether it is missing because it was known to be taken back at the other
 *     coordinates
 */
public record FoldDifference(RecordedFact fact, boolean onlyTo, boolean isRetracted) {

    /** Those of some facts that count at exactly one of the coordinates, as recorded. */
    static List<FoldDifference> between(
            List<RecordedFact> facts, Coordinates from, Coordinates to) {
        List<FoldDifference> differences = new ArrayList<>();
        for (RecordedFact fact : facts) {
            boolean before = fact.countsAt(from.asOf(), from.knownAt());
            boolean after = fact.countsAt(to.asOf(), to.knownAt());
            if (before != after) {
                long other = after ? from.knownAt() : to.knownAt();
                differences.add(new FoldDifference(fact, after, fact.isRetractedAt(other)));
            }
        }
        return differences;
    }
}
