package dev.cadastre.query.register.fold;

import dev.cadastre.events.Retraction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The end of a timeline. As long as facts come in the order of valid time it is all one needs to
 * bring the timeline forward; a back-dated fact or a retraction needs the whole {@link Timeline}.
 *
 * @param nextSequenceNumber number of the next event of the stream
 * @param nextVersion number of the next version
 * @param last the believed version with the latest valid time
 */
public record TimelineTail(long nextSequenceNumber, int nextVersion, StateVersion last)
        implements KnownTimeline {

    /** The end of a timeline and what its last event did. */
    public record Extended(TimelineTail tail, Timeline.Step step) {}

    @Override
    public int weight() {
        return 200 + (last.state() == null ? 0 : last.state().weight());
    }

    /** The step of a stream's first event. */
    public static Extended begin(Fact first) {
        return extend(0, 0, null, first);
    }

    /**
     * Adds the next event of the stream, or returns null if that takes the whole timeline.
     *
     * @throws IllegalArgumentException if it is not the next one
     */
    public @Nullable Extended add(Fact fact) {
        if (fact.sequenceNumber() != nextSequenceNumber) {
            throw new IllegalArgumentException(
                    "expected event " + nextSequenceNumber + ", not " + fact.sequenceNumber());
        }
        if (fact.event() instanceof Retraction || fact.effectiveAt() < last.validFrom()) {
            return null;
        }
        return extend(nextSequenceNumber, nextVersion, last, fact);
    }

    private static Extended extend(
            long sequenceNumber, int number, @Nullable StateVersion last, Fact fact) {
        StateVersion version =
                new StateVersion(
                        number,
                        fact.effectiveAt(),
                        fact.position(),
                        fact.recordedAt(),
                        EntityState.after(last == null ? null : last.state(), fact.event()));
        boolean ends = last != null && last.validFrom() == version.validFrom();
        return new Extended(
                new TimelineTail(sequenceNumber + 1, number + 1, version),
                new Timeline.Step(List.of(version), ends ? List.of(last) : List.of()));
    }
}
