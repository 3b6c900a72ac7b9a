package dev.cadastre.query.webhooks.delivery;

import dev.cadastre.query.webhooks.model.DeliveryState;
import dev.cadastre.query.webhooks.model.Subscription;
import java.util.Locale;

/**
 * A subscription and where its deliveries stand.
 *
 * @param lag how many events of the log it has not come to yet
 */
public record DeliveryStatus(Subscription subscription, DeliveryState delivery, long lag) {

    /** How deliveries fare. */
    public enum Phase {
        /** The last attempt was taken, or there was none. */
        ACTIVE,
        /** The last attempt failed, and there will be another. */
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

    public Phase phase() {
        if (delivery.isDead()) {
            return Phase.DEAD;
        }
        if (subscription.paused()) {
            return Phase.PAUSED;
        }
        return delivery.failure() == null ? Phase.ACTIVE : Phase.FAILING;
    }
}
