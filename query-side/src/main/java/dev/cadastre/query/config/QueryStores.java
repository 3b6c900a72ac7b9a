package dev.cadastre.query.config;

import dev.cadastre.query.shared.claims.Claim;
import dev.cadastre.query.versions.store.CurrentStore;
import dev.cadastre.query.versions.store.VersionStore;
import dev.cadastre.query.webhooks.state.DeliveryStates;

/**
 * Where the query side keeps what it does not keep in the heap. Whoever takes a store, or the
 * claim, closes it.
 */
public interface QueryStores extends AutoCloseable {

    VersionStore versions();

    CurrentStore current();

    /** Where deliveries of webhooks stand. */
    DeliveryStates deliveries();

    /** Which process delivers webhooks. */
    Claim delivering();

    /** Lets go of what the stores have in common; to be called after they are closed. */
    @Override
    void close();
}
