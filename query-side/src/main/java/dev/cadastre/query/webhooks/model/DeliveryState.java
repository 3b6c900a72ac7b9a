package dev.cadastre.query.webhooks.model;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where the deliveries of one subscription stand. Immutable.
 *
 * @param cursor position of the last event that was delivered or that the filter left out
 * @param cursorEvent id of the event at the cursor, by which another log is told; null where the
 *     log had none there yet
 * @param resumption position of the newest request to go on that was obeyed; -1 for none
 * @param delivered how many events were delivered
 * @param lastDeliveredAt when the last one was, or null
 * @param lastStatus the HTTP status of the last answer, or null if there was none
 * @param failure why the event after the cursor is not delivered yet, or null
 * @param deadSince since when nothing is tried any more, or null
 */
public record DeliveryState(
        long cursor,
        @Nullable UUID cursorEvent,
        long resumption,
        long delivered,
        @Nullable Instant lastDeliveredAt,
        @Nullable Integer lastStatus,
        @Nullable Failure failure,
        @Nullable Instant deadSince) {

    /**
     * Attempts at one event that failed.
     *
     * @param error of the last one, in words
     * @param nextAttemptAt null where there is to be none
     */
    public record Failure(
            int attempts,
            Instant firstAt,
            Instant lastAt,
            @Nullable Instant nextAttemptAt,
            String error) {}

    /** Nothing was tried yet. */
    public static DeliveryState startingAfter(Subscription subscription) {
        return new DeliveryState(subscription.start(), null, -1, 0, null, null, null, null)
                .resumedBy(subscription);
    }

    public boolean dead() {
        return deadSince != null;
    }

    /**
     * The state once a request to go on, if there is another one, was obeyed. After a restore it
     * may stand before one that was obeyed already, of a history that is no more.
     */
    public DeliveryState resumedBy(Subscription subscription) {
        Subscription.Resumption asked = subscription.resumption();
        if (asked == null || asked.position() == resumption) {
            return this;
        }
        boolean jump = asked.after() != null;
        return new DeliveryState(
                jump ? asked.after() : cursor,
                jump ? null : cursorEvent,
                asked.position(),
                delivered,
                lastDeliveredAt,
                lastStatus,
                null,
                null);
    }

    /** The state with the event that is at its cursor. */
    public DeliveryState at(UUID event) {
        return new DeliveryState(
                cursor,
                event,
                resumption,
                delivered,
                lastDeliveredAt,
                lastStatus,
                failure,
                deadSince);
    }

    /** The state once the filter left out everything up to an event. */
    public DeliveryState passed(long position, UUID event) {
        return new DeliveryState(
                position, event, resumption, delivered, lastDeliveredAt, lastStatus, null, null);
    }

    /** The state once an event was delivered. */
    public DeliveryState delivered(long position, UUID event, int status, Instant now) {
        return new DeliveryState(
                position, event, resumption, delivered + 1, now, status, null, null);
    }

    /**
     * The state once an attempt failed.
     *
     * @param next when to try again; null: never, until asked to
     */
    public DeliveryState failed(
            @Nullable Integer status, String error, Instant now, @Nullable Instant next) {
        return new DeliveryState(
                cursor,
                cursorEvent,
                resumption,
                delivered,
                lastDeliveredAt,
                status,
                new Failure(
                        failure == null ? 1 : failure.attempts() + 1,
                        failure == null ? now : failure.firstAt(),
                        now,
                        next,
                        error),
                next == null ? now : null);
    }

    /** The state in which the next attempt is due at once, where one is due at all. */
    public DeliveryState withoutWaiting() {
        return failure == null || failure.nextAttemptAt() == null
                ? this
                : new DeliveryState(
                        cursor,
                        cursorEvent,
                        resumption,
                        delivered,
                        lastDeliveredAt,
                        lastStatus,
                        new Failure(
                                failure.attempts(),
                                failure.firstAt(),
                                failure.lastAt(),
                                failure.lastAt(),
                                failure.error()),
                        null);
    }
}
