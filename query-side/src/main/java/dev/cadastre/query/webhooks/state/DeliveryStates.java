package dev.cadastre.query.webhooks.state;

import dev.cadastre.query.webhooks.model.DeliveryState;
import java.util.Optional;

/**
 * Where deliveries stand, by subscription. Cursors are no part of the log and cannot be had from
 * it. Methods may be called for different subscriptions at once; each throws {@link
 * java.io.UncheckedIOException} where the state cannot be read or written.
 */
public interface DeliveryStates {

    Optional<DeliveryState> find(String subscription);

    /** Durable on return; after a crash the old state is found or the new one. */
    void save(String subscription, DeliveryState state);

    /** Forgets a subscription; does nothing where nothing is known of it. */
    void remove(String subscription);
}
