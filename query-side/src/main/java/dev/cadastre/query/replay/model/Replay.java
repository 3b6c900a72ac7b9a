package dev.cadastre.query.replay.model;

import dev.cadastre.query.replay.model.ReplayMessage.Begin;
import dev.cadastre.query.replay.model.ReplayMessage.Change;
import dev.cadastre.query.replay.model.ReplayMessage.End;
import dev.cadastre.query.replay.model.ReplayMessage.FirstState;
import dev.cadastre.query.replay.model.ReplayMessage.Progress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * The messages of one replay, made as they are taken: applying the patches of each change to the
 * first state gives the state of the scope where the replay then stands. Blocks for the stores'
 * time. For one thread.
 */
public final class Replay implements Iterator<ReplayMessage> {

    /** So many windows without a change, and the place is told. */
    private static final int SILENT_WINDOWS = 16;

    private final ReplayRange range;
    private final Iterator<FirstState> firstState;
    private final Steps steps;
    private final Folding folding;
    private final Deque<ReplayStep> folded = new ArrayDeque<>();
    private Place place;
    private long items;
    private boolean stateTold;
    private boolean ended;

    Replay(
            ReplayRange range,
            ReplayPoint from,
            Iterator<FirstState> firstState,
            Steps steps,
            Folding folding) {
        this.range = range;
        this.firstState = firstState;
        this.steps = steps;
        this.folding = folding;
        this.place = from.place();
        this.items = Math.max(0, from.items());
        this.stateTold = from.hasState();
        this.ended = from.hasEnded();
    }

    @Override
    public boolean hasNext() {
        return !ended;
    }

    /** Whether the next message is there without a look at the stores. */
    public boolean isReady() {
        return !folded.isEmpty();
    }

    @Override
    public ReplayMessage next() {
        if (ended) {
            throw new NoSuchElementException();
        }
        if (!stateTold) {
            return state();
        }
        for (int windows = 0; folded.isEmpty(); windows++) {
            if (windows == SILENT_WINDOWS) {
                return new Progress(point());
            }
            List<PendingStep> pending = steps.next();
            if (pending == null) {
                ended = true;
                place = new Place(range.to().asOf(), range.to().knownAt(), Place.ALL);
                return new End(new ReplayPoint(ReplayPoint.ENDED, place));
            }
            if (!pending.isEmpty()) {
                folded.addAll(folding.fold(pending));
                if (folded.isEmpty()) {
                    place = pending.getLast().place();
                }
            }
        }
        ReplayStep step = folded.remove();
        place = step.place();
        return new Change(point(), step);
    }

    private ReplayMessage state() {
        if (firstState.hasNext()) {
            FirstState part = firstState.next();
            items = part.point().items();
            return part;
        }
        stateTold = true;
        return new Begin(point(), items);
    }

    private ReplayPoint point() {
        return new ReplayPoint(ReplayPoint.STATE_TOLD, place);
    }
}
