package dev.cadastre.query.webhooks.delivery;

import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.eventstore.log.StoredEvent;
import dev.cadastre.query.webhooks.model.DeliveryState;
import dev.cadastre.query.webhooks.model.Subscription;
import dev.cadastre.query.webhooks.state.DeliveryStates;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the deliveries of one subscription stand, and how much of that a crash would forget: it is
 * kept after each failure, and on the way every so many events. For one thread; {@link #now} for
 * any.
 */
final class KeptState {

    /** Deliveries that a crash repeats at most. */
    static final int UNSAVED_DELIVERIES = 32;

    private static final Logger LOG = LoggerFactory.getLogger(KeptState.class);
    private static final long UNSAVED_POSITIONS = 4_096;

    private final DeliveryStates states;
    private final EventLog log;
    private final Clock clock;
    private final String id;
    private volatile DeliveryState state;
    private long savedCursor;
    private int unsaved;

    KeptState(DeliveryStates states, EventLog log, Clock clock, Subscription subscription) {
        this.states = states;
        this.log = log;
        this.clock = clock;
        this.id = subscription.id();
        this.state = found(subscription);
        this.savedCursor = state.cursor();
    }

    private DeliveryState found(Subscription subscription) {
        try {
            return states.find(id)
                    .map(kept -> checkedAgainstLog(kept.resumedBy(subscription)))
                    .orElseGet(() -> DeliveryState.startingAfter(subscription));
        } catch (RuntimeException e) {
            LOG.error("The webhook {} is not delivered", id, e);
            return dead(DeliveryState.startingAfter(subscription), String.valueOf(e.getMessage()));
        }
    }

    /** A cursor of another log would leave out events of this one, without anybody noticing. */
    private DeliveryState checkedAgainstLog(DeliveryState kept) {
        UUID event = kept.cursorEvent();
        boolean holds =
                event == null
                        || log.event(kept.cursor())
                                .filter(stored -> stored.envelope().id().equals(event))
                                .isPresent();
        return holds
                ? kept
                : dead(
                        kept,
                        "The log does not hold the event that was delivered last, at position "
                                + kept.cursor()
                                + ": it is another log, or an older copy. Resume the webhook and"
                                + " say after which position it is to go on.");
    }

    private DeliveryState dead(DeliveryState before, String why) {
        return before.failed(null, why, clock.instant(), null);
    }

    DeliveryState now() {
        return state;
    }

    /**
     * Obeys a request to go on, if there is a new one.
     *
     * @param elsewhere whether messages go to another address from now on, which is tried at once
     */
    void obey(Subscription subscription, boolean elsewhere) {
        DeliveryState before = state;
        DeliveryState after = before.resumedBy(subscription);
        if (after != before) {
            after = checkedAgainstLog(after);
        }
        state = elsewhere ? after.withoutWaiting() : after;
        if (state != before) {
            save();
        }
    }

    void passed(StoredEvent event) {
        state = state.passed(event.position(), event.envelope().id());
        if (state.cursor() - savedCursor >= UNSAVED_POSITIONS) {
            save();
        }
    }

    void delivered(StoredEvent event, int status, Instant at) {
        state = state.delivered(event.position(), event.envelope().id(), status, at);
        if (++unsaved >= UNSAVED_DELIVERIES) {
            save();
        }
    }

    /** Takes the state after a failure. */
    void failed(DeliveryState after) {
        state = after;
        save();
    }

    /** Keeps deliveries that are not kept yet; what was only left out may be looked at again. */
    void settle() {
        if (unsaved > 0) {
            save();
        }
    }

    /** Keeps all that is not kept yet. */
    void saveAll() {
        if (unsaved > 0 || state.cursor() > savedCursor) {
            save();
        }
    }

    void remove() {
        states.remove(id);
    }

    private void save() {
        DeliveryState now = state;
        states.save(id, now);
        savedCursor = now.cursor();
        unsaved = 0;
    }
}
