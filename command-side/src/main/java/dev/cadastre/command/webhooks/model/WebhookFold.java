package dev.cadastre.command.webhooks.model;

import dev.cadastre.command.shared.Fact;
import dev.cadastre.command.shared.Fold;
import dev.cadastre.events.StreamId;
import dev.cadastre.events.webhook.WebhookEvent;
import dev.cadastre.events.webhook.WebhookEvent.WebhookChanged;
import dev.cadastre.events.webhook.WebhookEvent.WebhookEnded;
import dev.cadastre.events.webhook.WebhookEvent.WebhookPaused;
import dev.cadastre.events.webhook.WebhookEvent.WebhookResumed;
import dev.cadastre.events.webhook.WebhookEvent.WebhookSecretRolled;
import dev.cadastre.events.webhook.WebhookEvent.WebhookSubscribed;

/** Adds up the facts of a subscription, which is not bounded in valid time. */
public final class WebhookFold implements Fold<WebhookState> {

    public static final WebhookFold INSTANCE = new WebhookFold();

    private WebhookFold() {}

    @Override
    public String kind() {
        return StreamId.WEBHOOK;
    }

    @Override
    public WebhookState absent() {
        return WebhookState.ABSENT;
    }

    @Override
    public WebhookState apply(WebhookState state, Fact fact) {
        return switch ((WebhookEvent) fact.event()) {
            case WebhookSubscribed it -> state.reads(it.name(), it.url(), it.filter());
            case WebhookChanged it -> state.reads(it.name(), it.url(), it.filter());
            case WebhookPaused() -> state.paused(true);
            case WebhookResumed resumed -> state.paused(false);
            case WebhookSecretRolled rolled -> state.signedBy(rolled.generation());
            case WebhookEnded() -> state.over();
        };
    }

    @Override
    public boolean timeless() {
        return true;
    }
}
