package dev.cadastre.query.replay.model;

import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.query.register.bodies.Bodies;
import dev.cadastre.query.register.fold.BodyJson;
import dev.cadastre.query.register.kinds.RegisterKind;
import dev.cadastre.query.register.model.RegisterLists;
import dev.cadastre.query.register.model.Selection;
import dev.cadastre.query.register.model.SortOrder;
import dev.cadastre.query.replay.model.ReplayMessage.FirstState;
import dev.cadastre.query.shared.time.Coordinates;
import dev.cadastre.query.temporal.TemporalIndex;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Begins replays. Thread-safe. Besides what {@link ReplayLimits} bound, a replay holds eight bytes
 * for each thing of its first state while that is told, and a few dozen for each event of one valid
 * instant.
 */
public final class Replays {

    private final TemporalIndex index;
    private final RegisterLists lists;
    private final Bodies bodies;
    private final EventLog log;
    private final ReplayLimits limits;

    public Replays(
            TemporalIndex index,
            RegisterLists lists,
            Bodies bodies,
            EventLog log,
            ReplayLimits limits) {
        this.index = index;
        this.lists = lists;
        this.bodies = bodies;
        this.log = log;
        this.limits = limits;
    }

    /**
     * Begins a replay, or goes on with one.
     *
     * @param point how far it was told; {@link #begin} for one that begins
     */
    public Replay replay(ReplayRange range, StateScope scope, ReplayPoint point) {
        return new Replay(
                range,
                point,
                new FirstStates(range, scope, point),
                steps(range, scope, point.place()),
                new Folding(index, bodies, log, scope, new KnownStates(limits.stateBytes())));
    }

    /** Where a replay begins: nothing of its first state was told. */
    public static ReplayPoint begin(ReplayRange range) {
        return new ReplayPoint(
                0, new Place(range.from().asOf(), range.from().knownAt(), Place.ALL));
    }

    private Steps steps(ReplayRange range, StateScope scope, Place begin) {
        boolean recorded = range.axis() == Axis.RECORDED;
        TurnSteps turns =
                new TurnSteps(
                        log,
                        new Turns(
                                index,
                                scope.kinds(),
                                begin,
                                range.to().asOf(),
                                range.to().knownAt(),
                                recorded,
                                limits.windowEvents()),
                        limits.windowEvents());
        return recorded
                ? new RecordedSteps(log, scope, range, turns, begin, limits.windowEvents())
                : new EffectiveSteps(turns, range);
    }

    /** The first state, kind by kind; what was told before is left out. */
    private final class FirstStates implements Iterator<FirstState> {
        private final ReplayPoint begin;
        private final StateScope scope;
        private final Coordinates at;
        private final Iterator<RegisterKind> kinds;
        private long told;
        private RegisterKind kind = RegisterKind.ASSET;
        private Iterator<List<byte[]>> chunks = List.<List<byte[]>>of().iterator();
        private @Nullable FirstState next;

        private FirstStates(ReplayRange range, StateScope scope, ReplayPoint begin) {
            this.begin = begin;
            this.scope = scope;
            this.at = new Coordinates(range.from().asOf(), 0, range.from().knownAt(), false, false);
            this.kinds =
                    begin.hasState()
                            ? List.<RegisterKind>of().iterator()
                            : scope.kinds().iterator();
        }

        @Override
        public boolean hasNext() {
            while (next == null && (chunks.hasNext() || kinds.hasNext())) {
                if (chunks.hasNext()) {
                    take(chunks.next());
                } else {
                    kind = kinds.next();
                    chunks =
                            lists.all(
                                    new Selection(kind, scope.facets(), null),
                                    SortOrder.byId(),
                                    at);
                }
            }
            return next != null;
        }

        private void take(List<byte[]> bodies) {
            int known = (int) Math.clamp(begin.items() - told, 0, bodies.size());
            told += bodies.size();
            if (known < bodies.size()) {
                next =
                        new FirstState(
                                new ReplayPoint(told, begin.place()),
                                kind,
                                bodies.stream().skip(known).map(BodyJson::content).toList());
            }
        }

        @Override
        public FirstState next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            FirstState taken = Objects.requireNonNull(next);
            next = null;
            return taken;
        }
    }
}
