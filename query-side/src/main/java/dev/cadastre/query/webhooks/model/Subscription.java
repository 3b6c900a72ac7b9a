package dev.cadastre.query.webhooks.model;

import dev.cadastre.events.json.EventJson;
import dev.cadastre.events.webhook.WebhookEvent;
import dev.cadastre.events.webhook.WebhookEvent.WebhookChanged;
import dev.cadastre.events.webhook.WebhookEvent.WebhookEnded;
import dev.cadastre.events.webhook.WebhookEvent.WebhookPaused;
import dev.cadastre.events.webhook.WebhookEvent.WebhookResumed;
import dev.cadastre.events.webhook.WebhookEvent.WebhookSecretRolled;
import dev.cadastre.events.webhook.WebhookEvent.WebhookSubscribed;
import dev.cadastre.events.webhook.WebhookFilter;
import dev.cadastre.eventstore.log.StoredEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A webhook subscription as its events tell it. All instants are microseconds since 1970.
 *
 * @param start position after which its deliveries begin
 * @param resumption the newest request to go on, or null
 * @param secret which secrets sign
 * @param sequenceNumber of its last event, at {@code position}
 */
public record Subscription(
        String id,
        @Nullable String name,
        String url,
        WebhookFilter filter,
        long start,
        boolean paused,
        boolean ended,
        @Nullable Resumption resumption,
        Secret secret,
        long subscribedAt,
        long sequenceNumber,
        long position) {

    /**
     * A request to go on.
     *
     * @param position of the request
     * @param after position after which events are to be sent, or null: from where delivery stands
     */
    public record Resumption(long position, @Nullable Long after) {}

    /**
     * The generation that signs, and until when the one before it signs too.
     *
     * @param previousUntil {@link Long#MIN_VALUE} if there is none before it that may sign
     */
    public record Secret(int generation, long previousUntil) {}

    private static final long MICROSECONDS = 1_000_000;

    /** Folds a stream, which begins with its first event. */
    public static Subscription of(String id, List<StoredEvent> stream) {
        Subscription subscription = null;
        for (StoredEvent stored : stream) {
            WebhookEvent event =
                    (WebhookEvent)
                            EventJson.read(
                                    stored.envelope().type(),
                                    stored.envelope().revision(),
                                    stored.payload());
            subscription =
                    event instanceof WebhookSubscribed subscribed
                            ? begun(id, subscribed, stored)
                            : after(subscription, event, stored);
        }
        if (subscription == null) {
            throw new IllegalArgumentException("nothing was recorded of webhook " + id);
        }
        return subscription;
    }

    private static Subscription begun(String id, WebhookSubscribed subscribed, StoredEvent stored) {
        Long after = subscribed.after();
        return new Subscription(
                id,
                subscribed.name(),
                subscribed.url(),
                subscribed.filter(),
                after == null ? stored.position() : after,
                false,
                false,
                null,
                new Secret(0, Long.MIN_VALUE),
                stored.envelope().recordedAt(),
                stored.envelope().sequenceNumber(),
                stored.position());
    }

    private static Subscription after(
            @Nullable Subscription before, WebhookEvent event, StoredEvent stored) {
        if (before == null) {
            throw new IllegalArgumentException(
                    stored.envelope().stream() + " does not begin with a subscription");
        }
        String name = before.name;
        String url = before.url;
        WebhookFilter filter = before.filter;
        boolean paused = before.paused;
        boolean ended = before.ended;
        Resumption resumption = before.resumption;
        Secret secret = before.secret;
        switch (event) {
            case WebhookSubscribed _ -> throw new IllegalArgumentException("begins twice");
            case WebhookChanged changed -> {
                name = changed.name();
                url = changed.url();
                filter = changed.filter();
            }
            case WebhookPaused() -> paused = true;
            case WebhookResumed resumed -> {
                paused = false;
                resumption = new Resumption(stored.position(), resumed.after());
            }
            case WebhookSecretRolled rolled -> secret = rolled(rolled, stored);
            case WebhookEnded() -> ended = true;
        }
        return new Subscription(
                before.id,
                name,
                url,
                filter,
                before.start,
                paused,
                ended,
                resumption,
                secret,
                before.subscribedAt,
                stored.envelope().sequenceNumber(),
                stored.position());
    }

    private static Secret rolled(WebhookSecretRolled rolled, StoredEvent stored) {
        // Without grace the secret has leaked: it signs no more, even should a clock go back.
        return new Secret(
                rolled.generation(),
                rolled.graceSeconds() == 0
                        ? Long.MIN_VALUE
                        : stored.envelope().recordedAt() + rolled.graceSeconds() * MICROSECONDS);
    }
}
