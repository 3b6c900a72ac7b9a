package dev.cadastre.command.webhooks.model;

import dev.cadastre.command.shared.EntityState;
import dev.cadastre.events.webhook.WebhookFilter;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a subscription.
 *
 * @param url null if there never was one under this id
 * @param generation of the secret
 */
public record WebhookState(
        @Nullable String name,
        @Nullable String url,
        WebhookFilter filter,
        boolean paused,
        int generation,
        boolean ended)
        implements EntityState {

    static final WebhookState ABSENT =
            new WebhookState(null, null, WebhookFilter.ALL, false, 0, false);

    @Override
    public boolean present() {
        return url != null && !ended;
    }

    WebhookState reads(@Nullable String newName, String newUrl, WebhookFilter newFilter) {
        return new WebhookState(newName, newUrl, newFilter, paused, generation, ended);
    }

    WebhookState paused(boolean now) {
        return new WebhookState(name, url, filter, now, generation, ended);
    }

    WebhookState signedBy(int newGeneration) {
        return new WebhookState(name, url, filter, paused, newGeneration, ended);
    }

    WebhookState over() {
        return new WebhookState(name, url, filter, paused, generation, true);
    }
}
