package dev.cadastre.query.config;

import dev.cadastre.query.shared.claims.Claim;
import dev.cadastre.query.versions.sqlite.SqliteCurrentStore;
import dev.cadastre.query.versions.sqlite.SqliteVersionStore;
import dev.cadastre.query.versions.store.CurrentStore;
import dev.cadastre.query.versions.store.VersionStore;
import dev.cadastre.query.webhooks.state.DeliveryStates;
import dev.cadastre.query.webhooks.state.FileDeliveryStates;
import java.nio.file.Path;

/** The stores as files of a directory. */
final class EmbeddedStores implements QueryStores {

    private final Path directory;

    EmbeddedStores(Path directory) {
        this.directory = directory;
    }

    @Override
    public VersionStore versions() {
        return SqliteVersionStore.open(directory.resolve("versions.sqlite"));
    }

    @Override
    public CurrentStore current() {
        return SqliteCurrentStore.open(directory.resolve("current.sqlite"));
    }

    @Override
    public DeliveryStates deliveries() {
        return FileDeliveryStates.in(directory.resolve("webhooks"));
    }

    @Override
    public Claim delivering() {
        return Claim.ALWAYS;
    }

    @Override
    public void close() {
        // Files have nothing in common.
    }
}
