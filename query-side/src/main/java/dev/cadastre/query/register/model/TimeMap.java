package dev.cadastre.query.register.model;

import dev.cadastre.query.temporal.Version;
import dev.cadastre.query.temporal.View;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The past states of one entity (RFC 7089 calls them mementos): what was answered at each instant,
 * of that instant and with what was known then. A state begins where something was recorded or a
 * scheduled fact came true. Listed are states that began before the last commit: no later one can
 * change them, so a longer log only adds to the end. While the entity is absent there is none.
 *
 * @param states in the order of time
 */
public record TimeMap(List<PastState> states) {

    /** A state that has not ended has this end. */
    public static final long OPEN = Long.MAX_VALUE;

    /**
     * What was answered from one instant to another.
     *
     * @param from first microsecond since 1970
     * @param until first microsecond after, or {@link #OPEN}
     * @param position the last one recorded at {@code from}
     * @param version number of the version that was answered
     */
    public record PastState(long from, long until, long position, int version) {}

    /** A version begins or ceases to be what would be answered if there were no later start. */
    private record Turn(long at, Version version, boolean begins) {}

    public TimeMap {
        states = List.copyOf(states);
    }

    /** The last state that had ended by an instant; null if there is none. */
    public @Nullable PastState before(long instant) {
        return states.reversed().stream()
                .filter(state -> state.until() <= instant)
                .findFirst()
                .orElse(null);
    }

    /** The first state that began after an instant; null if there is none. */
    public @Nullable PastState after(long instant) {
        return states.stream().filter(state -> state.from() > instant).findFirst().orElse(null);
    }

    /**
     * Puts an entity's states together; costs as much as sorting its versions.
     *
     * @param position the end of a commit, up to which the log counts; -1 for nothing
     */
    static Optional<TimeMap> of(View view, List<Version> allVersions, long position) {
        List<Turn> turns = new ArrayList<>();
        for (Version version : allVersions) {
            if (version.recordedFrom() <= position) {
                addTurns(view, version, position, turns);
            }
        }
        if (allVersions.isEmpty() || allVersions.getFirst().recordedFrom() > position) {
            return Optional.empty();
        }
        turns.sort(Comparator.comparingLong(Turn::at).thenComparing(Turn::begins));
        return Optional.of(
                new TimeMap(states(view, turns, view.recordedAt(Math.toIntExact(position)))));
    }

    private static void addTurns(View view, Version version, long position, List<Turn> turns) {
        long begins = Math.max(view.recordedAt(version.recordedFrom()), version.validFrom());
        long ends = version.recordedTo() <= position ? view.recordedAt(version.recordedTo()) : OPEN;
        // What was to come true and was taken back before it did was never answered.
        if (begins < ends) {
            turns.add(new Turn(begins, version, true));
            turns.add(new Turn(ends, version, false));
        }
    }

    private static List<PastState> states(View view, List<Turn> turns, long end) {
        List<PastState> states = new ArrayList<>();
        NavigableMap<Long, Version> believed = new TreeMap<>();
        Version shown = null;
        for (int next = 0; next < turns.size() && turns.get(next).at() <= end; ) {
            long at = turns.get(next).at();
            for (; next < turns.size() && turns.get(next).at() == at; next++) {
                take(turns.get(next), believed);
            }
            Version now = believed.isEmpty() ? null : believed.lastEntry().getValue();
            if (now == shown) {
                continue;
            }
            if (shown != null && shown.present()) {
                PastState last = states.removeLast();
                states.add(new PastState(last.from(), at, last.position(), last.version()));
            }
            if (now != null && now.present()) {
                states.add(new PastState(at, OPEN, view.positionAt(at), now.number()));
            }
            shown = now;
        }
        // What began with the last commit may still be changed, as far as its position tells.
        if (!states.isEmpty() && states.getLast().from() == end) {
            states.removeLast();
        }
        return Collections.unmodifiableList(states);
    }

    private static void take(Turn turn, NavigableMap<Long, Version> believed) {
        Version version = turn.version();
        if (turn.begins()) {
            believed.put(version.validFrom(), version);
        } else {
            believed.remove(version.validFrom(), version);
        }
    }
}
