package dev.cadastre.query.replay.model;

import dev.cadastre.query.register.kinds.RegisterKind;
import dev.cadastre.query.temporal.TemporalIndex;
import dev.cadastre.query.temporal.View;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The events that come true within a span of valid time, in the order in which they are folded.
 * Taken from the index in slices that end with an instant: what is held is a slice, or the events
 * of one instant where those are more.
 */
final class Turns {

    private static final Comparator<Turn> FOLD_ORDER =
            Comparator.comparingLong(Turn::instant).thenComparingLong(Turn::position);

    private final TemporalIndex index;
    private final List<RegisterKind> kinds;
    private final Place begin;
    private final long upTo;
    private final int knownAt;
    private final boolean scheduledOnly;
    private final int slice;
    private final Deque<Turn> taken = new ArrayDeque<>();

    /** The instant up to which all turns were taken from the index. */
    private long reached;

    /**
     * @param begin turns up to it are left out
     * @param upTo the last instant
     * @param knownAt the last position that counts
     * @param scheduledOnly whether facts that were true when they were recorded are left out
     * @param slice about how many are taken from the index at once
     */
    Turns(
            TemporalIndex index,
            List<RegisterKind> kinds,
            Place begin,
            long upTo,
            int knownAt,
            boolean scheduledOnly,
            int slice) {
        this.index = index;
        this.kinds = kinds;
        this.begin = begin;
        this.upTo = upTo;
        this.knownAt = knownAt;
        this.scheduledOnly = scheduledOnly;
        this.slice = slice;
        this.reached = begin.within() == Place.ALL ? begin.asOf() : begin.asOf() - 1;
    }

    /** The next turn, which stays; null at the end. */
    @Nullable Turn peek() {
        while (taken.isEmpty() && reached < upTo) {
            List<Turn> turns = new ArrayList<>();
            reached = index.<Long>read(view -> read(view, turns));
            turns.sort(FOLD_ORDER);
            taken.addAll(turns);
        }
        return taken.peek();
    }

    /** Takes the next turn, of which there must be one. */
    Turn next() {
        peek();
        return taken.remove();
    }

    private long read(View view, List<Turn> turns) {
        long reach = upTo;
        for (RegisterKind kind : kinds) {
            reach =
                    view.kind(kind.word())
                            .events(
                                    reached,
                                    reach,
                                    knownAt,
                                    slice,
                                    (entity, instant, position, before, alone) -> {
                                        if (isWanted(view, instant, position)) {
                                            turns.add(
                                                    new Turn(
                                                            kind,
                                                            entity,
                                                            instant,
                                                            position,
                                                            before == 0,
                                                            alone));
                                        }
                                    });
        }
        long last = reach;
        turns.removeIf(turn -> turn.instant() > last);
        return last;
    }

    private boolean isWanted(View view, long instant, int position) {
        boolean passed = instant == begin.asOf() && position <= begin.within();
        return !passed && !(scheduledOnly && instant <= view.recordedAt(position));
    }
}
