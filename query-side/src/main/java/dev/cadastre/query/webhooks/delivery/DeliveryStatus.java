package dev.cadastre.query.webhooks.delivery;

import dev.cadastre.query.webhooks.model.DeliveryState;
import dev.cadastre.query.webhooks.model.Subscription;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A subscription and where its deliveries stand.
 *
 * @param fault of this side, in words, that holds deliveries up; null where there is none
 * @param lag how many events of the log it has not come to yet
 */
public record DeliveryStatus(
        Subscription subscription, DeliveryState delivery, @Nullable String fault, long lag) {

    /** How deliveries fare. */
    public enum Phase {
        /** The last attempt was taken, or there was none. */
        ACTIVE,
        /** The last attempt failed, or this side met a fault; there will be another. */
        FAILING,
        /** Nothing is tried until the webhook is resumed: that was asked for. */
        PAUSED,
        /** Nothing is tried until the webhook is resumed: it failed for too long. */
        DEAD;

        /** As answers and metrics have it, for example {@code active}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    DeliveryStatus with(String otherFault) {
        return new DeliveryStatus(subscription, delivery, otherFault, lag);
    }

    public Phase phase() {
        if (delivery.dead()) {
            return Phase.DEAD;
        }
        if (subscription.paused()) {
            return Phase.PAUSED;
        }
        return delivery.failure() == null && fault == null ? Phase.ACTIVE : Phase.FAILING;
    }
}
