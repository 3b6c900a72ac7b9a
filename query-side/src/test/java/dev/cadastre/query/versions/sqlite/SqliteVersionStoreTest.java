package dev.cadastre.query.versions.sqlite;

import dev.cadastre.query.versions.store.VersionStore;
import dev.cadastre.query.versions.store.VersionStoreConformance;
import java.nio.file.Path;

class SqliteVersionStoreTest extends VersionStoreConformance {
    @Override
    protected VersionStore open(Path directory) {
        return SqliteVersionStore.open(directory.resolve("versions.sqlite"));
    }
}
