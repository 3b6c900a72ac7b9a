package dev.cadastre.query.replay.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The steps along valid time: what became true, as known at one position. */
final class EffectiveSteps implements Steps {

    private final TurnSteps turns;
    private final ReplayRange range;

    EffectiveSteps(TurnSteps turns, ReplayRange range) {
        this.turns = turns;
        this.range = range;
    }

    @Override
    public @Nullable List<PendingStep> next() {
        return turns.hasNext(range.to().asOf())
                ? turns.next(range.to().asOf(), range.to().knownAt())
                : null;
    }
}
