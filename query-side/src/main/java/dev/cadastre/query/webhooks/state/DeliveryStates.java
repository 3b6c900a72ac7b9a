package dev.cadastre.query.webhooks.state;

import dev.cadastre.query.webhooks.model.DeliveryState;
import java.util.Optional;

/**
 * Where deliveries stand, by subscription. Cursors are no part of the log and cannot be had from
 * it. Methods may be called for different subscriptions at once; each throws {@link
 * java.io.UncheckedIOException} where the state cannot be read or written now.
 *
 * <p>Where several processes share the states, one of them delivers at a time, in an epoch of its
 * own. A store that is not shared need not look at epochs.
 */
public interface DeliveryStates {

    /** Whether other processes read these states, and may take them over. */
    boolean isShared();

    /**
     * What is known of a subscription, by whichever process.
     *
     * @throws DamagedState if it cannot be made out
     */
    Optional<DeliveryState> find(String subscription);

    /**
     * Finds the state for whoever delivers from now on. What an earlier epoch saves afterwards is
     * refused, though it asked before.
     *
     * @throws DamagedState if it cannot be made out; it is taken all the same
     * @throws TakenOver if a later epoch has taken it
     */
    Optional<DeliveryState> take(String subscription, long epoch);

    /**
     * Durable on return; after a crash the old state is found or the new one.
     *
     * @param epoch in which the state was taken
     * @throws TakenOver if another epoch has taken it since, or it was removed
     */
    void save(String subscription, long epoch, DeliveryState state);

    /** Forgets a subscription that has ended; does nothing where nothing is known of it. */
    void remove(String subscription);
}
