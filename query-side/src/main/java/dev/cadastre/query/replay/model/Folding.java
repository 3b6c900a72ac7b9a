package dev.cadastre.query.replay.model;

import dev.cadastre.events.Event;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.query.register.bodies.Bodies;
import dev.cadastre.query.register.fold.BodyReader;
import dev.cadastre.query.register.fold.EntityState;
import dev.cadastre.query.replay.model.EntityEffect.Change;
import dev.cadastre.query.replay.model.KnownStates.Known;
import dev.cadastre.query.shared.facts.RecordedFact;
import dev.cadastre.query.shared.facts.StreamFacts;
import dev.cadastre.query.temporal.Coordinates;
import dev.cadastre.query.temporal.KindView;
import dev.cadastre.query.temporal.TemporalIndex;
import dev.cadastre.query.temporal.Version;
import dev.cadastre.query.temporal.View;
import dev.cadastre.query.temporal.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Brings states forward step by step. A fact that comes after all others of its thing is folded
 * onto the state known; what a late or retracted fact makes of a thing is a version of the index,
 * whose body is read. All bodies that some steps need are read at once. For one thread.
 */
final class Folding {

    /** What a touch needs besides the state known: {@code after} is a place among the bodies. */
    private record Plan(Touch touch, Known known, List<Event> events, boolean folds, int after) {}

    private static final int ABSENT = -2;

    private final TemporalIndex index;
    private final Bodies bodies;
    private final EventLog log;
    private final StateScope scope;
    private final KnownStates states;

    Folding(
            TemporalIndex index,
            Bodies bodies,
            EventLog log,
            StateScope scope,
            KnownStates states) {
        this.index = index;
        this.bodies = bodies;
        this.log = log;
        this.scope = scope;
        this.states = states;
    }

    /** What some steps did to the scope; steps that did nothing to it are left out. */
    List<ReplayStep> fold(List<PendingStep> pending) {
        List<Version> wanted = new ArrayList<>();
        List<List<Plan>> plans = index.read(view -> plan(view, pending, wanted));
        List<byte[]> read = bodies.read(wanted);
        List<ReplayStep> steps = new ArrayList<>(pending.size());
        for (int i = 0; i < pending.size(); i++) {
            PendingStep step = pending.get(i);
            List<EntityEffect> effects = new ArrayList<>(step.touches().size());
            for (Plan plan : plans.get(i)) {
                EntityEffect effect = bringForward(plan, step.place(), read);
                if (effect != null) {
                    effects.add(effect);
                }
            }
            if (!effects.isEmpty()) {
                steps.add(new ReplayStep(step.place(), step.partial(), step.cameTrue(), effects));
            }
        }
        states.trim();
        return steps;
    }

    private List<List<Plan>> plan(View view, List<PendingStep> pending, List<Version> wanted) {
        List<List<Plan>> plans = new ArrayList<>(pending.size());
        for (PendingStep step : pending) {
            List<Plan> ofStep = new ArrayList<>(step.touches().size());
            for (Touch touch : step.touches()) {
                ofStep.add(plan(view.kind(touch.kind.word()), touch, step.place(), wanted));
            }
            plans.add(ofStep);
        }
        return plans;
    }

    private Plan plan(KindView things, Touch touch, Place place, List<Version> wanted) {
        Known known = states.get(touch.stream);
        if (known == null) {
            known = states.add(touch.stream);
            if (touch.behind >= 0) {
                known.state = stateBehind(touch);
                known.altered = place.asOf();
            } else {
                Version version = version(things, touch, touch.before);
                known.body = body(version, wanted);
                known.altered = version == null ? Long.MIN_VALUE : version.validFrom();
            }
        }
        List<Event> events = new ArrayList<>(touch.events.size());
        boolean folds = true;
        for (ReadEvent read : touch.events) {
            if (read.isRetraction()) {
                folds = false;
            } else if (read.effectiveAt() <= place.asOf()) {
                folds = folds && read.effectiveAt() >= known.altered;
                known.altered = Math.max(known.altered, read.effectiveAt());
                events.add(read.event());
            }
        }
        if (folds || touch.after == null) {
            return new Plan(touch, known, events, true, KnownStates.NOTHING);
        }
        Version version = version(things, touch, touch.after);
        known.altered = version == null ? Long.MIN_VALUE : version.validFrom();
        int after = body(version, wanted);
        return new Plan(touch, known, events, false, after);
    }

    private static @Nullable Version version(KindView things, Touch touch, Coordinates at) {
        int entity = things.vocabulary().entity(touch.id());
        return entity == Vocabulary.UNKNOWN ? null : things.version(entity, at);
    }

    /** The place of a version's body among those wanted, {@link #ABSENT} for no state. */
    private static int body(@Nullable Version version, List<Version> wanted) {
        if (version == null || !version.present()) {
            return ABSENT;
        }
        wanted.add(version);
        return wanted.size() - 1;
    }

    private @Nullable EntityEffect bringForward(Plan plan, Place place, List<byte[]> read) {
        Known known = plan.known();
        if (known.body != KnownStates.NOTHING) {
            known.state = state(known.body, read);
            known.body = KnownStates.NOTHING;
        }
        EntityState before = known.state;
        EntityState after = before;
        if (plan.folds()) {
            for (Event event : plan.events()) {
                after = EntityState.after(after, event);
            }
        } else {
            after = state(plan.after(), read);
        }
        known.state = after;
        states.settle(known);
        return effect(plan.touch(), before, after);
    }

    private static @Nullable EntityState state(int body, List<byte[]> read) {
        return body == ABSENT ? null : BodyReader.read(read.get(body));
    }

    private @Nullable EntityEffect effect(
            Touch touch, @Nullable EntityState before, @Nullable EntityState after) {
        boolean was = scope.holds(touch.kind, before);
        boolean is = scope.holds(touch.kind, after);
        if (!was && !is) {
            return null;
        }
        Change change;
        if (was && is) {
            change = before.equals(after) ? Change.UNCHANGED : Change.CHANGED;
        } else if (is) {
            change = before == null ? Change.ADDED : Change.ENTERED;
        } else {
            change = after == null ? Change.REMOVED : Change.LEFT;
        }
        return new EntityEffect(
                touch.kind,
                touch.id(),
                change,
                was ? before : null,
                is ? after : null,
                touch.events.stream().map(ReadEvent::stored).toList());
    }

    /** The state behind the facts of an instant that lie before the first one of the touch. */
    private @Nullable EntityState stateBehind(Touch touch) {
        long instant = touch.before.asOf() + 1;
        EntityState state = null;
        for (RecordedFact fact :
                StreamFacts.of(log.stream(touch.stream, 0)).fold(instant, touch.before.knownAt())) {
            if (fact.effectiveAt() == instant && fact.position() >= touch.behind) {
                break;
            }
            state = EntityState.after(state, fact.event());
        }
        return state;
    }
}
