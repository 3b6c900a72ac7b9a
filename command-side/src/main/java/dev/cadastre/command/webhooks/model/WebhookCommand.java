package dev.cadastre.command.webhooks.model;

import dev.cadastre.command.shared.Command;
import dev.cadastre.events.StreamId;
import dev.cadastre.events.webhook.WebhookFilter;
import org.jspecify.annotations.Nullable;

/** What can be asked of a webhook subscription. Addresses were checked by whoever read them. */
public sealed interface WebhookCommand extends Command {

    String id();

    @Override
    default StreamId target() {
        return StreamId.webhook(id());
    }

    /**
     * Have events sent to an address.
     *
     * @param after position after which they are; null: that of the subscription itself
     */
    record SubscribeWebhook(
            String id,
            @Nullable String name,
            String url,
            WebhookFilter filter,
            @Nullable Long after)
            implements WebhookCommand {}

    /**
     * Change what a subscription says; null leaves a value as it is.
     *
     * @param rename whether {@code name} is the new name, null for none
     */
    record ChangeWebhook(
            String id,
            boolean rename,
            @Nullable String name,
            @Nullable String url,
            @Nullable WebhookFilter filter)
            implements WebhookCommand {}

    /** Send nothing for a while. */
    record PauseWebhook(String id) implements WebhookCommand {}

    /**
     * Send again, also where delivery had given up.
     *
     * @param after position after which events are sent; null: from where delivery stands
     */
    record ResumeWebhook(String id, @Nullable Long after) implements WebhookCommand {}

    /**
     * Sign with a new secret.
     *
     * @param graceSeconds how long deliveries are signed with the old one as well
     */
    record RollWebhookSecret(String id, long graceSeconds) implements WebhookCommand {}

    /** Send nothing any more. */
    record EndWebhook(String id) implements WebhookCommand {}
}
