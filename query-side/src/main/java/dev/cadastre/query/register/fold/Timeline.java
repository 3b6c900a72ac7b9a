package dev.cadastre.query.register.fold;

import dev.cadastre.events.Retraction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The facts of one stream and the versions now believed, brought forward event by event. Each event
 * creates a version at its own valid instant (a retraction: at that of the fact it takes back) and
 * one at each later boundary where the state alters; a version ends when another is created at its
 * boundary. Boundaries never vanish. Not thread-safe.
 */
public final class Timeline implements KnownTimeline {

    /** What one event did. */
    public record Step(List<StateVersion> created, List<StateVersion> ended) {}

    private static final Comparator<Fact> VALID_ORDER =
            Comparator.comparingLong(Fact::effectiveAt).thenComparingLong(Fact::sequenceNumber);

    /** Facts that count, in the order in which they are folded. */
    private final List<Fact> counting = new ArrayList<>();

    /** Versions believed now, in the order of their valid time. */
    private final List<StateVersion> believed = new ArrayList<>();

    private final List<Fact> recorded = new ArrayList<>();
    private int nextVersion;

    /** The versions believed now, in the order of their valid time. */
    public List<StateVersion> believed() {
        return Collections.unmodifiableList(believed);
    }

    /** The number of the next event of the stream. */
    public long nextSequenceNumber() {
        return recorded.size();
    }

    @Override
    public int weight() {
        // Neighbouring states share most of what they hold.
        return 200 + 300 * recorded.size() + 100 * believed.size();
    }

    public int nextVersion() {
        return nextVersion;
    }

    /** The state at a valid instant, as now believed. */
    public @Nullable EntityState stateAt(long validTime) {
        int at = lastNotAfter(validTime);
        return at < 0 ? null : believed.get(at).state();
    }

    /** The end of this timeline, all that is needed while facts come in the order of valid time. */
    public @Nullable TimelineTail tail() {
        return believed.isEmpty()
                ? null
                : new TimelineTail(recorded.size(), nextVersion, believed.getLast());
    }

    /**
     * Adds the next event of the stream.
     *
     * @throws IllegalArgumentException if it is not the next one
     */
    public Step add(Fact fact) {
        if (fact.sequenceNumber() != recorded.size()) {
            throw new IllegalArgumentException(
                    "expected event " + recorded.size() + ", not " + fact.sequenceNumber());
        }
        recorded.add(fact);
        if (fact.event() instanceof Retraction retraction) {
            Fact taken = counting(retraction.retracted());
            if (taken == null) {
                return rewrite(fact, fact.effectiveAt());
            }
            counting.remove(taken);
            return rewrite(fact, taken.effectiveAt());
        }
        int at = Collections.binarySearch(counting, fact, VALID_ORDER);
        counting.add(-at - 1, fact);
        return rewrite(fact, fact.effectiveAt());
    }

    private @Nullable Fact counting(long sequenceNumber) {
        if (sequenceNumber < 0 || sequenceNumber >= recorded.size()) {
            return null;
        }
        Fact fact = recorded.get((int) sequenceNumber);
        return Collections.binarySearch(counting, fact, VALID_ORDER) < 0 ? null : fact;
    }

    private Step rewrite(Fact cause, long from) {
        List<StateVersion> created = new ArrayList<>(1);
        List<StateVersion> ended = new ArrayList<>(1);
        int boundary = lastNotAfter(from);
        boolean known = boundary >= 0 && believed.get(boundary).validFrom() == from;
        int before = known ? boundary - 1 : boundary;
        EntityState state = before < 0 ? null : believed.get(before).state();
        int next = firstCountingFrom(from);
        int place = before + 1;
        long validFrom = from;
        do {
            while (next < counting.size() && counting.get(next).effectiveAt() == validFrom) {
                state = EntityState.after(state, counting.get(next++).event());
            }
            boolean exists =
                    place < believed.size() && believed.get(place).validFrom() == validFrom;
            if (exists && validFrom != from && Objects.equals(believed.get(place).state(), state)) {
                // Equal here, and the same facts follow: equal from here on.
                break;
            }
            StateVersion version =
                    new StateVersion(
                            nextVersion++, validFrom, cause.position(), cause.recordedAt(), state);
            created.add(version);
            if (exists) {
                ended.add(believed.set(place, version));
            } else {
                believed.add(place, version);
            }
            place++;
            if (place < believed.size()) {
                validFrom = believed.get(place).validFrom();
            }
        } while (place < believed.size());
        return new Step(created, ended);
    }

    /** Index of the last believed version that begins at or before the instant; -1 if none. */
    private int lastNotAfter(long validTime) {
        int low = 0;
        int high = believed.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (believed.get(middle).validFrom() <= validTime) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high;
    }

    private int firstCountingFrom(long validTime) {
        int low = 0;
        int high = counting.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (counting.get(middle).effectiveAt() < validTime) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }
}
