package dev.cadastre.query.webhooks.delivery;

import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.eventstore.log.StoredEvent;
import dev.cadastre.query.webhooks.model.DeliveryState;
import dev.cadastre.query.webhooks.model.Subscription;
import dev.cadastre.query.webhooks.state.DamagedState;
import dev.cadastre.query.webhooks.state.DeliveryStates;
import dev.cadastre.query.webhooks.state.TakenOver;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the deliveries of one subscription stand, and how much of that a crash would forget: it is
 * kept after each failure, and on the way every so many events. Taken for one epoch of the claim:
 * what happened in another is read anew. For one thread; {@link #in} and {@link #stored} for any.
 */
final class KeptState {

    /** Deliveries that a crash repeats at most. */
    static final int UNSAVED_DELIVERIES = 32;

    private static final Logger LOG = LoggerFactory.getLogger(KeptState.class);
    private static final long UNSAVED_POSITIONS = 4_096;

    /** How old what another process tells may be where nothing is delivered. */
    private static final long TOLD_AFTER_NANOS = 1_000_000_000;

    /** How long the log may not show an event yet that another process has seen in it. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private record Taken(long epoch, DeliveryState state) {}

    private record Read(Optional<DeliveryState> state, long at) {}

    private final DeliveryStates states;
    private final EventLog log;
    private final Clock clock;
    private final String id;
    private volatile @Nullable Taken taken;
    private volatile @Nullable Read read;
    private @Nullable Instant missingSince;
    private long savedCursor;
    private long savedAt;
    private int unsaved;

    KeptState(DeliveryStates states, EventLog log, Clock clock, String id) {
        this.states = states;
        this.log = log;
        this.clock = clock;
        this.id = id;
    }

    /** What is true where this process delivers in an epoch; null if it has not taken it then. */
    @Nullable DeliveryState in(OptionalLong epoch) {
        Taken now = taken;
        return now != null && epoch.isPresent() && now.epoch() == epoch.getAsLong()
                ? now.state()
                : null;
    }

    /** What whichever process delivers has kept, at most about a second ago. */
    DeliveryState stored(Subscription subscription) {
        Read last = read;
        try {
            if (last == null || System.nanoTime() - last.at() >= TOLD_AFTER_NANOS) {
                last = new Read(states.find(id), System.nanoTime());
                read = last;
            }
            return begun(last.state(), subscription);
        } catch (DamagedState e) {
            return damaged(subscription, e);
        }
    }

    private static DeliveryState begun(Optional<DeliveryState> kept, Subscription subscription) {
        return kept.map(state -> state.resumedBy(subscription))
                .orElseGet(() -> DeliveryState.startingAfter(subscription));
    }

    private DeliveryState damaged(Subscription subscription, DamagedState e) {
        return dead(DeliveryState.startingAfter(subscription), String.valueOf(e.getMessage()));
    }

    /**
     * Takes over from whoever delivered before.
     *
     * @throws TakenOver if somebody did so in a later epoch
     */
    void take(long epoch, Subscription subscription) {
        DeliveryState found;
        boolean died = false;
        try {
            Optional<DeliveryState> stored = states.take(id, epoch);
            stored.ifPresent(this::awaitResumption);
            DeliveryState kept = begun(stored, subscription);
            found = checkedAgainstLog(kept);
            died = found.dead() && !kept.dead();
        } catch (DamagedState e) {
            LOG.error("The webhook {} is not delivered", id, e);
            found = damaged(subscription, e);
        }
        missingSince = null;
        taken = new Taken(epoch, found);
        savedCursor = found.cursor();
        savedAt = System.nanoTime();
        unsaved = 0;
        if (died && states.isShared()) {
            save();
        }
    }

    /**
     * Lets it go without keeping what is not kept yet, for somebody else may know better.
     *
     * @return whether it was taken
     */
    boolean leave() {
        boolean was = taken != null;
        taken = null;
        return was;
    }

    /** Another process may have obeyed a request that the log does not show here yet. */
    private void awaitResumption(DeliveryState kept) {
        if (kept.resumption() >= log.head().size()) {
            awaitEvent(kept.resumption());
        }
    }

    private void awaitEvent(long position) {
        if (states.isShared() && !isMissingForLong()) {
            throw new IllegalStateException("the log does not show position " + position + " yet");
        }
    }

    /** A cursor of another log would leave out events of this one, without anybody noticing. */
    private DeliveryState checkedAgainstLog(DeliveryState kept) {
        UUID event = kept.cursorEvent();
        Optional<UUID> there = log.event(kept.cursor()).map(it -> it.envelope().id());
        if (event == null) {
            return there.map(kept::at).orElse(kept);
        }
        if (there.isPresent() && there.get().equals(event)) {
            return kept;
        }
        if (there.isEmpty()) {
            awaitEvent(kept.cursor());
        }
        return dead(
                kept,
                "The log does not hold the event that was delivered last, at position "
                        + kept.cursor()
                        + ": it is another log, or an older copy. Resume the webhook and"
                        + " say after which position it is to go on.");
    }

    private boolean isMissingForLong() {
        Instant now = clock.instant();
        if (missingSince == null) {
            missingSince = now;
        }
        return !now.isBefore(missingSince.plus(PATIENCE));
    }

    private DeliveryState dead(DeliveryState before, String why) {
        return before.failed(null, why, clock.instant(), null);
    }

    /** Where it stands, of what was taken. */
    DeliveryState now() {
        return taken().state();
    }

    private Taken taken() {
        Taken now = taken;
        if (now == null) {
            throw new IllegalStateException("the state of " + id + " is not taken");
        }
        return now;
    }

    private void become(DeliveryState state) {
        taken = new Taken(taken().epoch(), state);
    }

    /**
     * Obeys a request to go on, if there is a new one.
     *
     * @param elsewhere whether messages go to another address from now on, which is tried at once
     */
    void obey(Subscription subscription, boolean elsewhere) {
        DeliveryState before = now();
        DeliveryState after = before.resumedBy(subscription);
        if (after != before) {
            after = checkedAgainstLog(after);
        }
        after = elsewhere ? after.withoutWaiting() : after;
        if (after != before) {
            become(after);
            save();
        }
    }

    void passed(StoredEvent event) {
        become(now().passed(event.position(), event.envelope().id()));
        if (now().cursor() - savedCursor >= UNSAVED_POSITIONS) {
            save();
        }
    }

    void delivered(StoredEvent event, int status, Instant at) {
        become(now().delivered(event.position(), event.envelope().id(), status, at));
        if (++unsaved >= UNSAVED_DELIVERIES) {
            save();
        }
    }

    /** Takes the state after a failure. */
    void failed(DeliveryState after) {
        become(after);
        save();
    }

    /**
     * Keeps deliveries that are not kept yet; what was only left out may be looked at again, and is
     * kept now and then where others tell of it.
     */
    void settle() {
        if (unsaved > 0 || states.isShared() && isUntoldForLong()) {
            save();
        }
    }

    private boolean isUntoldForLong() {
        return now().cursor() > savedCursor && System.nanoTime() - savedAt >= TOLD_AFTER_NANOS;
    }

    /** Keeps all that is not kept yet. */
    void saveAll() {
        if (taken != null && (unsaved > 0 || now().cursor() > savedCursor)) {
            save();
        }
    }

    private void save() {
        Taken now = taken();
        states.save(id, now.epoch(), now.state());
        savedCursor = now.state().cursor();
        savedAt = System.nanoTime();
        unsaved = 0;
    }
}
