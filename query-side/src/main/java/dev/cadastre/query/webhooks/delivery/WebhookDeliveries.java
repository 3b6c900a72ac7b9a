package dev.cadastre.query.webhooks.delivery;

import dev.cadastre.events.StreamId;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.query.webhooks.model.Subscription;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers all subscriptions, each by itself: a slow receiver holds up nobody but itself. Learns of
 * new, changed and ended subscriptions from the log. Thread-safe. Of one log there may be several;
 * the one with the claim delivers, and all tell how deliveries fare.
 */
public final class WebhookDeliveries implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookDeliveries.class);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
    private static final Duration CLOSING = Duration.ofSeconds(3);

    private final EventLog log;
    private final DeliverySettings settings;
    private final EventContent content;
    private final EventPages pages;
    private final Map<String, SubscriptionDelivery> deliveries = new ConcurrentHashMap<>();
    private final Semaphore bell = new Semaphore(1);
    private final Thread following = Thread.ofVirtual().name("webhooks").unstarted(this::follow);
    private EventLog.@Nullable Registration registration;

    /** Subscriptions that have ended, and whether their states are written no more. */
    private final Map<String, BooleanSupplier> ended = new HashMap<>();

    /** Streams that could not be read, whose subscriptions wait until they can. */
    private final Set<String> unread = ConcurrentHashMap.newKeySet();

    private boolean claimUnknown;
    private long known = -1;
    private volatile boolean closing;

    private WebhookDeliveries(EventLog log, EventContent content, DeliverySettings settings) {
        this.log = log;
        this.content = content;
        this.settings = settings;
        this.pages = new EventPages(log);
    }

    /** Starts delivering from where deliveries stood. Closing this closes the settings' parts. */
    public static WebhookDeliveries start(
            EventLog log, EventContent content, DeliverySettings settings) {
        WebhookDeliveries deliveries = new WebhookDeliveries(log, content, settings);
        deliveries.registration = log.onCommit(deliveries.bell::release);
        deliveries.following.start();
        return deliveries;
    }

    /** All subscriptions that have not ended, by their id. */
    public List<DeliveryStatus> all() {
        return deliveries.values().stream()
                .map(this::status)
                .sorted(Comparator.comparing(status -> status.subscription().id()))
                .toList();
    }

    /** A subscription, unless there is none of this id or it has ended. */
    public Optional<DeliveryStatus> find(String id) {
        return Optional.ofNullable(deliveries.get(id)).map(this::status);
    }

    /** Whether there is something new of a subscription that cannot be read from the log. */
    public boolean isUnread(String id) {
        return unread.contains(StreamId.webhook(id).toString());
    }

    private DeliveryStatus status(SubscriptionDelivery delivery) {
        DeliveryStatus status = delivery.status(log.head().size() - 1);
        return isUnread(status.subscription().id())
                ? status.with("What was asked of it last cannot be read from the log.")
                : status;
    }

    /**
     * Waits until subscriptions recorded up to a position are known.
     *
     * @return false if they are not after the time
     */
    public boolean await(long position, Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        synchronized (this) {
            while (known < position) {
                long left = end - System.nanoTime();
                if (left <= 0 || closing) {
                    return false;
                }
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
            return true;
        }
    }

    private void follow() {
        try {
            while (!closing) {
                // Looks anew each second all the same, so that a lost bell costs time only.
                bell.tryAcquire(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
                bell.drainPermits();
                try {
                    look();
                } catch (RuntimeException e) {
                    LOG.error("Webhooks cannot be looked after; trying again", e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        boolean held = isClaimed();
        long last = log.head().size() - 1;
        if (last > known) {
            unread.addAll(log.referencing(StreamId.WEBHOOKS.toString(), known));
        }
        unread.removeIf(this::isLearnt);
        if (held) {
            ended.entrySet().removeIf(one -> one.getValue().getAsBoolean() && forget(one.getKey()));
        }
        synchronized (this) {
            known = last;
            notifyAll();
        }
        deliveries.forEach(
                (id, delivery) -> {
                    if (!isUnread(id)) {
                        delivery.ring(last);
                    }
                });
    }

    private boolean isClaimed() {
        try {
            boolean held = settings.claim().isHeld();
            claimUnknown = false;
            return held;
        } catch (RuntimeException e) {
            if (!claimUnknown) {
                LOG.warn("Which process delivers webhooks cannot be told; trying again", e);
            }
            claimUnknown = true;
            return false;
        }
    }

    private boolean isLearnt(String stream) {
        try {
            learn(stream);
            return true;
        } catch (RuntimeException e) {
            LOG.error("The webhook {} cannot be read from the log; trying again", stream, e);
            return false;
        }
    }

    private void learn(String stream) {
        String id = StreamId.parse(stream).id();
        Subscription subscription = Subscription.of(id, log.stream(stream, 0));
        SubscriptionDelivery delivery = deliveries.get(id);
        if (subscription.ended()) {
            if (delivery == null) {
                ended.put(id, () -> true);
            } else {
                deliveries.remove(id);
                delivery.update(subscription);
                ended.put(id, delivery::isOver);
            }
        } else if (delivery == null) {
            SubscriptionDelivery begun =
                    new SubscriptionDelivery(settings, log, pages, content, subscription);
            deliveries.put(id, begun);
            begun.start();
        } else {
            delivery.update(subscription);
        }
    }

    private boolean forget(String id) {
        settings.states().remove(id);
        return true;
    }

    /** Ends deliveries; what is under way is cut off and sent again after the next start. */
    @Override
    public void close() {
        closing = true;
        try {
            if (registration != null) {
                registration.close();
            }
            bell.release();
            following.join(CLOSING);
            deliveries.values().forEach(SubscriptionDelivery::end);
            settings.alarm().close();
            settings.endpoint().close();
            long end = System.nanoTime() + CLOSING.toNanos();
            for (SubscriptionDelivery delivery : deliveries.values()) {
                delivery.awaitEnd(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            settings.claim().close();
        }
        synchronized (this) {
            notifyAll();
        }
    }
}
