package dev.cadastre.command.shared;

import dev.cadastre.events.Event;
import dev.cadastre.events.Retraction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The facts of one entity, and the state they add up to at any valid time. Immutable; a longer
 * timeline shares the facts of the shorter one. Appending a fact that is not effective before any
 * other costs one step of the fold; other facts and retractions cost a fold of the whole.
 */
public final class Timeline<S extends EntityState> {

    /** No end in valid time. */
    public static final long FOR_EVER = Long.MAX_VALUE;

    /** Before all valid times. */
    public static final long EVER_SINCE = Long.MIN_VALUE;

    private record Link(Fact fact, @Nullable Link earlier) {}

    private final Fold<S> fold;
    private final @Nullable Link newest;
    private final long nextSequenceNumber;
    private final S last;
    private final long lastEffectiveAt;

    private Timeline(
            Fold<S> fold,
            @Nullable Link newest,
            long nextSequenceNumber,
            S last,
            long lastEffectiveAt) {
        this.fold = fold;
        this.newest = newest;
        this.nextSequenceNumber = nextSequenceNumber;
        this.last = last;
        this.lastEffectiveAt = lastEffectiveAt;
    }

    /** The timeline of an entity of which nothing is recorded. */
    public static <S extends EntityState> Timeline<S> empty(Fold<S> fold) {
        return new Timeline<>(fold, null, 0, fold.absent(), EVER_SINCE);
    }

    /** This timeline and one more event, whose sequence number is the next one. */
    public Timeline<S> append(Event event, long effectiveAt) {
        Fact fact = new Fact(nextSequenceNumber, fold.timeless() ? EVER_SINCE : effectiveAt, event);
        Link link = new Link(fact, newest);
        if (!(event instanceof Retraction) && fact.effectiveAt() >= lastEffectiveAt) {
            return new Timeline<>(
                    fold, link, nextSequenceNumber + 1, fold.apply(last, fact), fact.effectiveAt());
        }
        List<Fact> believed = believed(link);
        S state = fold.absent();
        for (Fact each : believed) {
            state = fold.apply(state, each);
        }
        return new Timeline<>(
                fold,
                link,
                nextSequenceNumber + 1,
                state,
                believed.isEmpty() ? EVER_SINCE : believed.getLast().effectiveAt());
    }

    public Fold<S> fold() {
        return fold;
    }

    /** Number of events, retracted ones and retractions among them. */
    public long nextSequenceNumber() {
        return nextSequenceNumber;
    }

    /** The state after all facts, scheduled ones among them. */
    public S last() {
        return last;
    }

    /** From when on {@link #last()} holds; {@link #EVER_SINCE} if no fact counts. */
    public long lastEffectiveAt() {
        return lastEffectiveAt;
    }

    /** The state at a valid time; a fact effective exactly then counts. */
    public S at(long instant) {
        if (instant >= lastEffectiveAt) {
            return last;
        }
        S state = fold.absent();
        for (Fact fact : believed()) {
            if (fact.effectiveAt() > instant) {
                break;
            }
            state = fold.apply(state, fact);
        }
        return state;
    }

    /** The first valid time after the instant at which a fact counts; {@link #FOR_EVER} if none. */
    public long nextEffectiveAfter(long instant) {
        if (instant >= lastEffectiveAt) {
            return FOR_EVER;
        }
        for (Fact fact : believed()) {
            if (fact.effectiveAt() > instant) {
                return fact.effectiveAt();
            }
        }
        return FOR_EVER;
    }

    /** The states that hold within {@code [from, to)}, without gaps, cut to it. */
    public List<Span<S>> spans(long from, long to) {
        if (from >= to) {
            return List.of();
        }
        if (from >= lastEffectiveAt) {
            return List.of(new Span<>(from, to, last));
        }
        List<Span<S>> spans = new ArrayList<>();
        S state = fold.absent();
        long since = from;
        for (Fact fact : believed()) {
            if (fact.effectiveAt() >= to) {
                break;
            }
            if (fact.effectiveAt() > since) {
                spans.add(new Span<>(since, fact.effectiveAt(), state));
                since = fact.effectiveAt();
            }
            state = fold.apply(state, fact);
        }
        spans.add(new Span<>(since, to, state));
        return spans;
    }

    /** Whether the entity is in the register at every instant of {@code [from, to)}. */
    public boolean presentThroughout(long from, long to) {
        return spans(from, to).stream().allMatch(span -> span.state().present());
    }

    /** The facts that count, in valid-time order: without retractions and what they took back. */
    public List<Fact> believed() {
        return believed(newest);
    }

    private static List<Fact> believed(@Nullable Link newest) {
        Set<Long> retracted = Set.of();
        List<Fact> believed = new ArrayList<>();
        for (Link link = newest; link != null; link = link.earlier()) {
            Fact fact = link.fact();
            if (fact.event() instanceof Retraction retraction) {
                retracted = retracted.isEmpty() ? new HashSet<>() : retracted;
                retracted.add(retraction.retracted());
            } else if (!retracted.contains(fact.sequenceNumber())) {
                believed.add(fact);
            }
        }
        believed.sort(Fact.VALID_TIME_ORDER);
        return believed;
    }

    /** The facts from a sequence number on, in the order of recording. */
    public List<Fact> recordedFrom(long sequenceNumber) {
        List<Fact> facts = new ArrayList<>();
        for (Link link = newest;
                link != null && link.fact().sequenceNumber() >= sequenceNumber;
                link = link.earlier()) {
            facts.add(link.fact());
        }
        return facts.reversed();
    }

    /** A fact that counts, by its sequence number. */
    public Optional<Fact> believed(long sequenceNumber) {
        Fact found = null;
        for (Link link = newest; link != null; link = link.earlier()) {
            Fact fact = link.fact();
            if (fact.event() instanceof Retraction retraction
                    && retraction.retracted() == sequenceNumber) {
                return Optional.empty();
            }
            if (fact.sequenceNumber() == sequenceNumber) {
                found = fact.event() instanceof Retraction ? null : fact;
                break;
            }
        }
        return Optional.ofNullable(found);
    }
}
