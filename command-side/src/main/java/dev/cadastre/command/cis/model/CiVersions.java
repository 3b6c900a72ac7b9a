package dev.cadastre.command.cis.model;

import dev.cadastre.command.shared.Fact;
import dev.cadastre.command.shared.Timeline;
import dev.cadastre.events.Retraction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The versions of one CI: states once believed for one valid interval, numbered from 0 in order of
 * creation. Each event creates one at its own valid instant (a retraction: at that of the fact it
 * takes back) and one at each later boundary where the state alters. Views number the same way.
 */
final class CiVersions {

    /**
     * One version.
     *
     * @param validFrom microseconds since 1970: start of its valid interval
     * @param sequenceNumber of the event that created it
     */
    record Version(int number, long validFrom, long sequenceNumber, CiState state) {}

    private static final NavigableMap<Long, Fact> NOTHING = Collections.emptyNavigableMap();

    private final List<Version> created = new ArrayList<>();

    /** Those believed after the last event, by the start of their valid interval. */
    private final NavigableMap<Long, Version> believed = new TreeMap<>();

    /** The facts that count, by effective time, then by sequence number. */
    private final Map<Long, NavigableMap<Long, Fact>> counting = new HashMap<>();

    private final Map<Long, Long> effectiveAt = new HashMap<>();

    /**
     * The versions that the first so many events of a CI made.
     *
     * @param events how many; those that the timeline lacks are not missed
     */
    CiVersions(Timeline<CiState> timeline, long events) {
        for (Fact fact : timeline.recordedFrom(0)) {
            if (fact.sequenceNumber() < events) {
                add(fact);
            }
        }
    }

    /** The version of a number; null if there is none. */
    @Nullable Version numbered(long number) {
        return number >= 0 && number < created.size() ? created.get((int) number) : null;
    }

    /** The version believed to hold at a valid instant; null before the first. */
    @Nullable Version at(long instant) {
        Map.Entry<Long, Version> entry = believed.floorEntry(instant);
        return entry == null ? null : entry.getValue();
    }

    /** How many versions there are. */
    int size() {
        return created.size();
    }

    private void add(Fact fact) {
        long from = fact.effectiveAt();
        if (fact.event() instanceof Retraction retraction) {
            from = takeBack(retraction.retracted(), from);
        } else {
            counting.computeIfAbsent(from, _ -> new TreeMap<>()).put(fact.sequenceNumber(), fact);
            effectiveAt.put(fact.sequenceNumber(), from);
        }
        believeAnew(fact.sequenceNumber(), from);
    }

    private long takeBack(long retracted, long otherwise) {
        Long from = effectiveAt.remove(retracted);
        if (from == null) {
            return otherwise;
        }
        counting.get(from).remove(retracted);
        return from;
    }

    private void believeAnew(long sequenceNumber, long from) {
        Map.Entry<Long, Version> earlier = believed.lowerEntry(from);
        CiState state = earlier == null ? CiState.ABSENT : earlier.getValue().state();
        for (Long boundary = from; boundary != null; boundary = believed.higherKey(boundary)) {
            for (Fact fact : counting.getOrDefault(boundary, NOTHING).values()) {
                state = CiFold.INSTANCE.apply(state, fact);
            }
            Version was = believed.get(boundary);
            if (boundary != from && was != null && was.state().saysTheSameAs(state)) {
                // The same facts follow, so it is the same from here on.
                return;
            }
            Version version = new Version(created.size(), boundary, sequenceNumber, state);
            created.add(version);
            believed.put(boundary, version);
        }
    }
}
