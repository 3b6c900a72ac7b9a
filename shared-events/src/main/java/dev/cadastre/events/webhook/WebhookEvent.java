package dev.cadastre.events.webhook;

import dev.cadastre.events.Event;
import dev.cadastre.events.StoredAs;
import dev.cadastre.events.StreamId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can happen to one webhook subscription. Not bounded in valid time: what was
 * recorded last holds. None of them holds a secret.
 */
public sealed interface WebhookEvent extends Event {

    /** By this reference all subscriptions, and what is new of them, are found. */
    @Override
    default List<StreamId> references() {
        return List.of(StreamId.WEBHOOKS);
    }

    /**
     * Events are to be sent to an address from now on.
     *
     * @param after the position after which they are; null: that of this event
     */
    @StoredAs("webhook.subscribed")
    record WebhookSubscribed(
            @Nullable String name, String url, WebhookFilter filter, @Nullable Long after)
            implements WebhookEvent {
        public WebhookSubscribed {
            filter = filter == null ? WebhookFilter.ALL : filter;
        }
    }

    /** The subscription reads as this from now on. */
    @StoredAs("webhook.changed")
    record WebhookChanged(@Nullable String name, String url, WebhookFilter filter)
            implements WebhookEvent {
        public WebhookChanged {
            filter = filter == null ? WebhookFilter.ALL : filter;
        }
    }

    /** Nothing is to be sent for a while. */
    @StoredAs("webhook.paused")
    record WebhookPaused() implements WebhookEvent {}

    /**
     * Events are to be sent again, whether the pause was asked for or delivery had given up.
     *
     * @param after the position after which they are; null: where delivery stands
     */
    @StoredAs("webhook.resumed")
    record WebhookResumed(@Nullable Long after) implements WebhookEvent {}

    /**
     * Deliveries are signed with the secret of this generation, and for a while with that of the
     * one before it as well.
     *
     * @param generation the first after a subscription is 0
     * @param graceSeconds how long both are used
     */
    @StoredAs("webhook.secret-rolled")
    record WebhookSecretRolled(int generation, long graceSeconds) implements WebhookEvent {}

    /** Nothing is sent any more. */
    @StoredAs("webhook.ended")
    record WebhookEnded() implements WebhookEvent {}
}
