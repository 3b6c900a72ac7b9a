package dev.cadastre.query.webhooks.http;

import dev.cadastre.events.Microseconds;
import dev.cadastre.events.webhook.WebhookFilter;
import dev.cadastre.http.json.HttpJson;
import dev.cadastre.http.time.InstantText;
import dev.cadastre.query.webhooks.delivery.DeliveryStatus;
import dev.cadastre.query.webhooks.model.DeliveryState;
import dev.cadastre.query.webhooks.model.Subscription;
import dev.cadastre.query.webhooks.signing.WebhookSecrets;
import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** How a subscription, its deliveries and its secret read. */
final class WebhookJson {

    private WebhookJson() {}

    static ObjectNode of(DeliveryStatus status) {
        Subscription subscription = status.subscription();
        DeliveryState delivery = status.delivery();
        ObjectNode json = HttpJson.mapper().createObjectNode();
        json.put("id", subscription.id());
        if (subscription.name() != null) {
            json.put("name", subscription.name());
        }
        json.put("url", subscription.url());
        json.set("filter", filter(subscription.filter()));
        json.put("state", status.phase().word());
        json.put("cursor", delivery.cursor());
        json.put("lag", status.lag());
        json.put("delivered", delivery.delivered());
        put(json, "lastDeliveredAt", delivery.lastDeliveredAt());
        if (delivery.lastStatus() != null) {
            json.put("lastStatus", delivery.lastStatus());
        }
        DeliveryState.Failure failure = delivery.failure();
        if (failure != null) {
            json.put("attempts", failure.attempts());
            put(json, "failingSince", failure.firstAt());
            put(json, "lastAttemptAt", failure.lastAt());
            put(json, "nextAttemptAt", failure.nextAttemptAt());
            json.put("lastError", failure.error());
        } else if (status.fault() != null) {
            json.put("lastError", status.fault());
        }
        put(json, "deadSince", delivery.deadSince());
        json.put("secretGeneration", subscription.secret().generation());
        json.put("subscribedAt", InstantText.format(subscription.subscribedAt()));
        json.put("position", subscription.position());
        return json;
    }

    /** The secret that signs and, as long as it signs too, the one before it. */
    static ObjectNode secret(Subscription subscription, WebhookSecrets secrets, Instant now) {
        Subscription.Secret secret = subscription.secret();
        ObjectNode json = HttpJson.mapper().createObjectNode();
        json.put("secret", secrets.of(subscription.id(), secret.generation()).text());
        json.put("generation", secret.generation());
        if (Microseconds.ofClock(now) < secret.previousUntil()) {
            json.put("previous", secrets.of(subscription.id(), secret.generation() - 1).text());
            json.put("previousUntil", InstantText.format(secret.previousUntil()));
        }
        return json;
    }

    private static ObjectNode filter(WebhookFilter filter) {
        ObjectNode json = HttpJson.mapper().createObjectNode();
        put(json, "types", filter.types());
        put(json, "kinds", filter.kinds());
        put(json, "streams", filter.streams());
        if (!filter.facets().isEmpty()) {
            json.set("facets", HttpJson.mapper().valueToTree(filter.facets()));
        }
        return json;
    }

    private static void put(ObjectNode json, String name, Collection<String> texts) {
        if (!texts.isEmpty()) {
            json.set(name, HttpJson.mapper().valueToTree(texts));
        }
    }

    private static void put(ObjectNode json, String name, @Nullable Instant instant) {
        if (instant != null) {
            json.put(name, InstantText.format(Microseconds.ofClock(instant)));
        }
    }
}
