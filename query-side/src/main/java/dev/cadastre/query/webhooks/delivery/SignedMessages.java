package dev.cadastre.query.webhooks.delivery;

import dev.cadastre.events.Microseconds;
import dev.cadastre.eventstore.log.StoredEvent;
import dev.cadastre.query.webhooks.model.Endpoint.Message;
import dev.cadastre.query.webhooks.model.Subscription;
import dev.cadastre.query.webhooks.signing.WebhookSecret;
import dev.cadastre.query.webhooks.signing.WebhookSecrets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Makes messages of events, signed with the secrets that a subscription has now. */
record SignedMessages(EventContent content, WebhookSecrets secrets, Clock clock) {

    Message of(Subscription to, StoredEvent event) {
        String id = event.envelope().id().toString();
        byte[] body = content.body(event);
        Instant now = clock.instant();
        long timestamp = now.getEpochSecond();
        return new Message(
                to.url(),
                id,
                timestamp,
                WebhookSecret.signatures(secretsOf(to, now), id, timestamp, body),
                body);
    }

    private List<WebhookSecret> secretsOf(Subscription to, Instant now) {
        Subscription.Secret secret = to.secret();
        List<WebhookSecret> valid = new ArrayList<>(2);
        valid.add(secrets.of(to.id(), secret.generation()));
        if (Microseconds.ofClock(now) < secret.previousUntil()) {
            valid.add(secrets.of(to.id(), secret.generation() - 1));
        }
        return valid;
    }
}
