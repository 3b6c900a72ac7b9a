package dev.cadastre.query.timeline.model;

import dev.cadastre.events.asset.AssetField;
import dev.cadastre.query.register.fold.AssetState;
import dev.cadastre.query.register.fold.EntityState;
import dev.cadastre.query.shared.facts.RecordedFact;
import dev.cadastre.query.shared.facts.StreamFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who had an asset, and where it was, from when to when.
 *
 * @param from first microsecond since 1970
 * @param to first microsecond after; null if it is so still
 * @param custodian id of a person, null if unknown
 * @param location null if unknown
 * @param by the fact that made it so
 */
public record Custody(
        long from,
        @Nullable Long to,
        @Nullable String custodian,
        @Nullable String location,
        RecordedFact by) {

    /**
     * The intervals of an asset's life, in order, each as long as neither changes. While the asset
     * is not in the register there is none.
     *
     * @param asOf what becomes true later is left out
     * @param knownAt position of the last event that counts
     */
    public static List<Custody> of(StreamFacts facts, long asOf, long knownAt) {
        List<Custody> intervals = new ArrayList<>();
        @Nullable EntityState state = null;
        @Nullable Custody last = null;
        for (RecordedFact fact : facts.fold(asOf, knownAt)) {
            state = EntityState.after(state, fact.event());
            @Nullable Custody next =
                    state instanceof AssetState asset
                            ? new Custody(
                                    fact.effectiveAt(),
                                    null,
                                    asset.text(AssetField.CUSTODIAN),
                                    asset.text(AssetField.LOCATION),
                                    fact)
                            : null;
            if (last != null && next != null && last.isTheSameAs(next)) {
                continue;
            }
            if (last != null) {
                intervals.removeLast();
                if (last.from < fact.effectiveAt()) {
                    intervals.add(last.until(fact.effectiveAt()));
                }
            }
            if (next != null) {
                intervals.add(next);
            }
            last = next;
        }
        return joined(intervals);
    }

    /** Of neighbours that came to say the same when what lay between took no time, the first. */
    private static List<Custody> joined(List<Custody> intervals) {
        List<Custody> joined = new ArrayList<>(intervals.size());
        for (Custody next : intervals) {
            Custody last = joined.isEmpty() ? null : joined.getLast();
            if (last != null && Objects.equals(last.to, next.from) && last.isTheSameAs(next)) {
                joined.removeLast();
                joined.add(new Custody(last.from, next.to, last.custodian, last.location, last.by));
            } else {
                joined.add(next);
            }
        }
        return joined;
    }

    private boolean isTheSameAs(Custody other) {
        return Objects.equals(custodian, other.custodian)
                && Objects.equals(location, other.location);
    }

    private Custody until(long end) {
        return new Custody(from, end, custodian, location, by);
    }
}
