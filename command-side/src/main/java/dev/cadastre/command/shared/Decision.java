package dev.cadastre.command.shared;

import dev.cadastre.events.Retraction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What believing a few more facts of one entity would change.
 *
 * @param before the timeline as recorded
 * @param after the same with the new facts
 */
public record Decision<S extends EntityState>(Timeline<S> before, Timeline<S> after) {

    /** Judges one fact by the state before it. */
    @FunctionalInterface
    public interface Judge<S> {

        /**
         * Refuses a fact that the rules do not allow after this state.
         *
         * @throws Rejection that names the fact and the ones it clashes with
         */
        void judge(S before, Fact fact);
    }

    /** The new facts in the order of recording. */
    public List<Fact> added() {
        return after.recordedFrom(before.nextSequenceNumber());
    }

    /** The earliest valid time at which the decision changes something. */
    public long from() {
        long from = Timeline.FOR_EVER;
        for (Fact fact : added()) {
            from =
                    Math.min(
                            from,
                            fact.event() instanceof Retraction retraction
                                    ? before.believed(retraction.retracted())
                                            .map(Fact::effectiveAt)
                                            .orElse(Timeline.FOR_EVER)
                                    : fact.effectiveAt());
        }
        return from;
    }

    /**
     * Judges the new facts, and those recorded facts that come to stand after another state than
     * before. A recorded fact that the judge would not have allowed where it stood is left alone:
     * the rules may have changed since.
     */
    public void judge(Judge<S> judge) {
        List<Fact> added = added();
        if (standAtTheEnd(added)) {
            S state = before.last();
            for (Fact fact : added) {
                judge.judge(state, fact);
                state = before.fold().apply(state, fact);
            }
            return;
        }
        Map<Long, S> stoodAfter = new HashMap<>();
        S state = before.fold().absent();
        for (Fact fact : before.believed()) {
            stoodAfter.put(fact.sequenceNumber(), state);
            state = before.fold().apply(state, fact);
        }
        state = after.fold().absent();
        for (Fact fact : after.believed()) {
            S stood = stoodAfter.get(fact.sequenceNumber());
            if (stood == null) {
                judge.judge(state, fact);
            } else if (!stood.equals(state)) {
                judgeAgain(judge, stood, state, fact);
            }
            state = after.fold().apply(state, fact);
        }
    }

    private boolean standAtTheEnd(List<Fact> added) {
        long since = before.lastEffectiveAt();
        for (Fact fact : added) {
            if (fact.event() instanceof Retraction || fact.effectiveAt() < since) {
                return false;
            }
            since = fact.effectiveAt();
        }
        return true;
    }

    private void judgeAgain(Judge<S> judge, S stood, S state, Fact fact) {
        try {
            judge.judge(state, fact);
        } catch (Rejection refused) {
            try {
                judge.judge(stood, fact);
            } catch (Rejection _) {
                return;
            }
            // The fact was legal where it stood: what makes it illegal is the decision.
            throw refused instanceof Rejection.NotRegistered absent
                    ? new Rejection.FactsClash(absent.entity(), absent.getMessage(), absent.facts())
                    : refused;
        }
    }

    /** Where, and how, the believed states differ; in valid-time order. */
    public List<Difference<S>> differences() {
        long from = from();
        List<Span<S>> were = before.spans(from, Timeline.FOR_EVER);
        List<Span<S>> are = after.spans(from, Timeline.FOR_EVER);
        List<Difference<S>> differences = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < were.size() && j < are.size()) {
            Span<S> was = were.get(i);
            Span<S> is = are.get(j);
            long to = Math.min(was.to(), is.to());
            if (!was.state().equals(is.state())) {
                differences.add(
                        new Difference<>(
                                Math.max(was.from(), is.from()), to, was.state(), is.state()));
            }
            i += was.to() == to ? 1 : 0;
            j += is.to() == to ? 1 : 0;
        }
        return differences;
    }
}
