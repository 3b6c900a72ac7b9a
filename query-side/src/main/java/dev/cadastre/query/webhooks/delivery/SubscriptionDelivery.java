package dev.cadastre.query.webhooks.delivery;

import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.eventstore.log.StoredEvent;
import dev.cadastre.query.webhooks.model.DeliveryState;
import dev.cadastre.query.webhooks.model.Endpoint.Message;
import dev.cadastre.query.webhooks.model.Endpoint.Outcome;
import dev.cadastre.query.webhooks.model.FilterMatch;
import dev.cadastre.query.webhooks.model.Subscription;
import dev.cadastre.query.webhooks.state.TakenOver;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The deliveries of one subscription, on a thread of its own: one event after the other, the next
 * only when the one before it was taken. Whatever was delivered since its state was kept is
 * delivered again after a crash. Without the claim it stands still and tells what is kept.
 */
final class SubscriptionDelivery {

    private static final Logger LOG = LoggerFactory.getLogger(SubscriptionDelivery.class);
    private static final Duration AFTER_A_FAULT = Duration.ofSeconds(10);
    private static final Duration AGAIN_SOON = Duration.ofSeconds(1);

    /** What went wrong on this side, which is nothing that an endpoint could be given up for. */
    private record Fault(String words, Instant over) {}

    private final DeliverySettings settings;
    private final EventContent content;
    private final SignedMessages messages;
    private final EventsAhead ahead;
    private final KeptState state;
    private final Bell bell;
    private final Thread thread;

    private volatile Subscription subscription;
    private volatile long known = -1;
    private volatile boolean closing;
    private volatile @Nullable Fault fault;

    private Subscription seen;
    private FilterMatch filter;

    SubscriptionDelivery(
            DeliverySettings settings,
            EventLog log,
            EventPages pages,
            EventContent content,
            Subscription subscription) {
        this.settings = settings;
        this.content = content;
        this.messages = new SignedMessages(content, settings.secrets(), settings.clock());
        this.ahead = new EventsAhead(pages);
        this.state = new KeptState(settings.states(), log, settings.clock(), subscription.id());
        this.bell = new Bell(settings.alarm());
        this.subscription = subscription;
        this.seen = subscription;
        this.filter = new FilterMatch(subscription.filter());
        this.thread = Thread.ofVirtual().name("webhook-" + subscription.id()).unstarted(this::run);
    }

    /** Starts, with the state taken where that can be done now. */
    void start() {
        OptionalLong epoch = settings.claim().epoch();
        if (epoch.isPresent()) {
            try {
                state.take(epoch.getAsLong(), subscription);
            } catch (RuntimeException e) {
                LOG.debug("The webhook {} is taken later", subscription.id(), e);
            }
        }
        thread.start();
    }

    /**
     * @param last position of the log's last event
     */
    DeliveryStatus status(long last) {
        Subscription told = subscription;
        OptionalLong epoch = settings.claim().epoch();
        Fault met = epoch.isPresent() ? fault : null;
        DeliveryState now = state.in(epoch);
        if (now == null) {
            now = state.stored(told);
        }
        return new DeliveryStatus(
                told, now, met == null ? null : met.words(), Math.max(0, last - now.cursor()));
    }

    /** Takes what the subscription says now, before it is told of more events. */
    void update(Subscription now) {
        subscription = now;
        bell.ring();
    }

    /**
     * Has it look for something to do.
     *
     * @param position up to which the subscription is known: later events wait, so that none is
     *     sent to an address, or signed with a secret, that was given up before it was recorded
     */
    void ring(long position) {
        known = position;
        bell.ring();
    }

    /** Has it end after what it is doing; whatever was delivered is remembered. */
    void end() {
        closing = true;
        bell.ring();
    }

    /** Whether it has ended and writes nothing any more. */
    boolean isOver() {
        return !thread.isAlive();
    }

    void awaitEnd(Duration atMost) throws InterruptedException {
        thread.join(atMost);
    }

    private void run() {
        try {
            while (!closing) {
                bell.silence();
                if (!stepSafely()) {
                    bell.await();
                }
            }
            if (!subscription.ended()) {
                state.saveAll();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TakenOver e) {
            LOG.debug("The webhook {} goes on elsewhere", subscription.id(), e);
        } catch (RuntimeException e) {
            LOG.error("The state of webhook {} cannot be kept", subscription.id(), e);
        }
    }

    private boolean stepSafely() throws InterruptedException {
        try {
            Fault met = fault;
            if (met != null && settings.clock().instant().isBefore(met.over())) {
                bell.ringAt(met.over());
                return false;
            }
            boolean more = step();
            fault = null;
            return more;
        } catch (TakenOver e) {
            if (state.leave()) {
                LOG.info("The webhook {} goes on elsewhere", subscription.id());
            } else {
                hesitate(e);
            }
            return false;
        } catch (RuntimeException e) {
            hesitate(e);
            return false;
        }
    }

    private void hesitate(RuntimeException e) {
        if (!closing) {
            LOG.error("The webhook {} has met a fault; going on soon", subscription.id(), e);
            Instant over = settings.clock().instant().plus(AFTER_A_FAULT);
            fault = new Fault("The server has met a fault, see its log: " + e, over);
            bell.ringAt(over);
        }
    }

    /** Whether to go on at once. */
    private boolean step() throws InterruptedException {
        // In this order: what the subscription says now is no older than what is known.
        long upTo = known;
        Subscription now = subscription;
        if (now.ended()) {
            end();
            return false;
        }
        OptionalLong epoch = settings.claim().epoch();
        if (epoch.isEmpty()) {
            state.leave();
            ahead.forget();
            return false;
        }
        if (state.in(epoch) == null) {
            state.take(epoch.getAsLong(), now);
        }
        if (now != seen) {
            obey(now);
        }
        if (now.paused() || state.now().dead()) {
            return false;
        }
        DeliveryState.Failure failure = state.now().failure();
        Instant due = failure == null ? null : failure.nextAttemptAt();
        if (due != null && settings.clock().instant().isBefore(due)) {
            bell.ringAt(due);
            return false;
        }
        StoredEvent event = next(upTo);
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
        state.obey(now, elsewhere);
    }

    /** The next event up to a position that the filter lets through; null if there is none yet. */
    private @Nullable StoredEvent next(long upTo) throws InterruptedException {
        while (!closing) {
            long cursor = state.now().cursor();
            StoredEvent event = cursor < upTo ? ahead.after(cursor) : null;
            if (event == null) {
                state.settle();
                return null;
            }
            if (!content.awaitUpTo(event.position())) {
                bell.ringAt(settings.clock().instant().plus(AGAIN_SOON));
                return null;
            }
            if (content.passes(filter, event)) {
                return event;
            }
            state.passed(event);
        }
        return null;
    }

    private boolean deliver(Subscription to, StoredEvent event) {
        Message message = messages.of(to, event);
        // At the last moment: a process that slept until here may have been taken for dead.
        if (state.in(settings.claim().epoch()) == null) {
            return true;
        }
        Outcome outcome = settings.endpoint().send(message);
        Instant now = settings.clock().instant();
        switch (outcome) {
            case Outcome.Taken taken -> state.delivered(event, taken.status(), now);
            case Outcome.Failed failed -> fail(failed, now);
            case Outcome.Gone gone ->
                    fail(
                            state.now()
                                    .failed(
                                            gone.status(),
                                            "It answered 410: it wants no more messages. Resume"
                                                    + " the webhook if that has changed.",
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
        DeliveryState.Failure before = state.now().failure();
        Instant next =
                settings.retries()
                        .next(
                                before == null ? 1 : before.attempts() + 1,
                                before == null ? now : before.firstAt(),
                                now,
                                failed.askedToWait(),
                                settings.random().getAsDouble());
        fail(state.now().failed(failed.status(), failed.error(), now, next));
    }

    private void fail(DeliveryState after) {
        DeliveryState.Failure failure = after.failure();
        if (failure != null && (after.dead() || failure.attempts() == 1)) {
            LOG.warn(
                    "The webhook {} {} after position {}: {}",
                    subscription.id(),
                    after.dead() ? "is given up" : "fails",
                    after.cursor(),
                    failure.error());
        }
        ahead.forget();
        state.failed(after);
    }
}
