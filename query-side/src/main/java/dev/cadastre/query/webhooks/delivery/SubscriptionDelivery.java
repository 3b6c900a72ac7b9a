package dev.cadastre.query.webhooks.delivery;

import dev.cadastre.events.Microseconds;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.eventstore.log.StoredEvent;
import dev.cadastre.query.webhooks.model.DeliveryState;
import dev.cadastre.query.webhooks.model.Endpoint.Message;
import dev.cadastre.query.webhooks.model.Endpoint.Outcome;
import dev.cadastre.query.webhooks.model.FilterMatch;
import dev.cadastre.query.webhooks.model.Subscription;
import dev.cadastre.query.webhooks.signing.WebhookSecret;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The deliveries of one subscription, on a thread of its own: one event after the other, the next
 * only when the one before it was taken. The state is kept after each failure, after each delivery
 * that leaves nothing more to deliver, and on the way every so many events: whatever was delivered
 * since is delivered again after a crash.
 */
final class SubscriptionDelivery {

    /** Deliveries that a crash repeats at most. */
    static final int UNSAVED_DELIVERIES = 32;

    private static final Logger LOG = LoggerFactory.getLogger(SubscriptionDelivery.class);
    private static final long UNSAVED_POSITIONS = 4_096;
    private static final Duration AFTER_A_FAULT = Duration.ofSeconds(10);
    private static final Duration AGAIN_SOON = Duration.ofSeconds(1);

    private final DeliverySettings settings;
    private final EventLog log;
    private final EventPages pages;
    private final EventContent content;
    private final Semaphore bell = new Semaphore(0);
    private final Thread thread;

    private volatile Subscription subscription;
    private volatile DeliveryState state;
    private volatile boolean closing;
    private volatile @Nullable Instant alarm;

    private Subscription seen;
    private FilterMatch filter;
    private Iterator<StoredEvent> page = List.<StoredEvent>of().iterator();
    private long pageAfter;
    private long savedCursor;
    private int unsaved;

    SubscriptionDelivery(
            DeliverySettings settings,
            EventLog log,
            EventPages pages,
            EventContent content,
            Subscription subscription) {
        this.settings = settings;
        this.log = log;
        this.pages = pages;
        this.content = content;
        this.subscription = subscription;
        this.seen = subscription;
        this.filter = new FilterMatch(subscription.filter());
        this.state = found(subscription);
        this.savedCursor = state.cursor();
        this.pageAfter = state.cursor();
        this.thread = Thread.ofVirtual().name("webhook-" + subscription.id()).unstarted(this::run);
    }

    private DeliveryState found(Subscription subscription) {
        try {
            return settings.states()
                    .find(subscription.id())
                    .map(this::checkedAgainstLog)
                    .orElseGet(() -> DeliveryState.startingAfter(subscription));
        } catch (RuntimeException e) {
            LOG.error("The webhook {} is not delivered", subscription.id(), e);
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
        return before.failed(null, why, settings.clock().instant(), null);
    }

    void start() {
        thread.start();
    }

    Subscription subscription() {
        return subscription;
    }

    DeliveryState state() {
        return state;
    }

    /** Takes what the subscription says now. */
    void update(Subscription now) {
        subscription = now;
        ring();
    }

    /** Has it look for something to do. */
    void ring() {
        bell.release();
    }

    /** Has it end after what it is doing; whatever was delivered is remembered. */
    void end() {
        closing = true;
        ring();
    }

    void awaitEnd(Duration atMost) throws InterruptedException {
        thread.join(atMost);
    }

    private void run() {
        try {
            while (!closing) {
                bell.drainPermits();
                if (!stepSafely()) {
                    bell.acquire();
                }
            }
            if (!seen.ended() && (unsaved > 0 || state.cursor() > savedCursor)) {
                save();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("The state of webhook {} cannot be kept", subscription.id(), e);
        }
    }

    private boolean stepSafely() throws InterruptedException {
        try {
            return step();
        } catch (RuntimeException e) {
            if (!closing) {
                LOG.error("The webhook {} has met a fault; going on soon", subscription.id(), e);
                ringAt(settings.clock().instant().plus(AFTER_A_FAULT));
            }
            return false;
        }
    }

    /** Whether to go on at once. */
    private boolean step() throws InterruptedException {
        Subscription now = subscription;
        if (now != seen) {
            obey(now);
        }
        if (now.ended()) {
            settings.states().remove(now.id());
            end();
            return false;
        }
        if (now.paused() || state.isDead()) {
            return false;
        }
        DeliveryState.Failure failure = state.failure();
        Instant due = failure == null ? null : failure.nextAttemptAt();
        if (due != null && settings.clock().instant().isBefore(due)) {
            ringAt(due);
            return false;
        }
        StoredEvent event = next();
        if (event == null) {
            return false;
        }
        return deliver(now, event);
    }

    private void obey(Subscription now) {
        boolean elsewhere = !now.url().equals(seen.url());
        if (!now.filter().equals(seen.filter())) {
            filter = new FilterMatch(now.filter());
        }
        seen = now;
        DeliveryState before = state;
        DeliveryState after = before.resumedBy(now);
        if (after != before) {
            after = checkedAgainstLog(after);
        }
        state = elsewhere ? after.withoutWaiting() : after;
        if (state != before) {
            save();
        }
    }

    /** The next event that the filter lets through; null if there is none yet. */
    private @Nullable StoredEvent next() throws InterruptedException {
        while (!closing) {
            if (pageAfter != state.cursor()) {
                // The last event of the page was not settled, or the cursor was put elsewhere.
                page = List.<StoredEvent>of().iterator();
            }
            if (!page.hasNext()) {
                page = pages.from(state.cursor() + 1).iterator();
                if (!page.hasNext()) {
                    saveWhenDone();
                    return null;
                }
            }
            StoredEvent event = page.next();
            pageAfter = event.position();
            if (!content.awaitUpTo(event.position())) {
                ringAt(settings.clock().instant().plus(AGAIN_SOON));
                return null;
            }
            if (content.passes(filter, event)) {
                return event;
            }
            state = state.passed(event.position(), event.envelope().id());
            if (state.cursor() - savedCursor >= UNSAVED_POSITIONS) {
                save();
            }
        }
        return null;
    }

    private boolean deliver(Subscription to, StoredEvent event) {
        UUID id = event.envelope().id();
        byte[] body = content.body(event);
        Instant started = settings.clock().instant();
        long timestamp = started.getEpochSecond();
        Outcome outcome =
                settings.endpoint()
                        .send(
                                new Message(
                                        to.url(),
                                        id.toString(),
                                        timestamp,
                                        WebhookSecret.signatures(
                                                secrets(to, started),
                                                id.toString(),
                                                timestamp,
                                                body),
                                        body));
        Instant now = settings.clock().instant();
        switch (outcome) {
            case Outcome.Taken taken -> {
                state = state.delivered(event.position(), id, taken.status(), now);
                if (++unsaved >= UNSAVED_DELIVERIES) {
                    save();
                }
            }
            case Outcome.Failed failed -> fail(failed, now);
            case Outcome.Gone gone ->
                    giveUp(
                            state.failed(
                                    gone.status(),
                                    "It answered 410: it wants no more messages. Resume the"
                                            + " webhook if that has changed.",
                                    now,
                                    null));
            case Outcome.Unknown() -> {
                // This side is closing: the event is sent again after the next start.
                return false;
            }
        }
        return true;
    }

    private void fail(Outcome.Failed failed, Instant now) {
        DeliveryState.Failure before = state.failure();
        Instant next =
                settings.retries()
                        .next(
                                before == null ? 1 : before.attempts() + 1,
                                before == null ? now : before.firstAt(),
                                now,
                                failed.askedToWait(),
                                settings.random().getAsDouble());
        DeliveryState after = state.failed(failed.status(), failed.error(), now, next);
        if (next == null) {
            giveUp(after);
        } else {
            state = after;
            save();
        }
    }

    private void giveUp(DeliveryState dead) {
        LOG.warn(
                "The webhook {} is given up after position {}: {}",
                subscription.id(),
                dead.cursor(),
                dead.failure() == null ? "" : dead.failure().error());
        state = dead;
        save();
    }

    private List<WebhookSecret> secrets(Subscription to, Instant now) {
        Subscription.Secret secret = to.secret();
        List<WebhookSecret> secrets = new ArrayList<>(2);
        secrets.add(settings.secrets().of(to.id(), secret.generation()));
        if (Microseconds.ofClock(now) < secret.previousUntil()) {
            secrets.add(settings.secrets().of(to.id(), secret.generation() - 1));
        }
        return secrets;
    }

    private void saveWhenDone() {
        if (unsaved > 0) {
            save();
        }
    }

    private void save() {
        DeliveryState now = state;
        settings.states().save(subscription.id(), now);
        savedCursor = now.cursor();
        unsaved = 0;
    }

    /** Rings once at the earliest instant asked for, however often it is asked for. */
    private void ringAt(Instant instant) {
        synchronized (bell) {
            Instant set = alarm;
            if (set != null && !instant.isBefore(set)) {
                return;
            }
            alarm = instant;
        }
        settings.alarm()
                .at(
                        instant,
                        () -> {
                            synchronized (bell) {
                                if (instant.equals(alarm)) {
                                    alarm = null;
                                }
                            }
                            ring();
                        });
    }
}
