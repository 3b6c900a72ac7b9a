package dev.cadastre.query.versions.sqlite;

import dev.cadastre.query.versions.CurrentContents;
import dev.cadastre.query.versions.store.CurrentStore;
import dev.cadastre.query.versions.store.CurrentStoreConformance;
import dev.cadastre.query.versions.store.CurrentTable;
import java.nio.file.Path;
import java.util.SortedMap;
import tools.jackson.databind.JsonNode;

class SqliteCurrentStoreTest extends CurrentStoreConformance {
    @Override
    protected CurrentStore open(Path directory) {
        return SqliteCurrentStore.open(directory.resolve("current.sqlite"));
    }

    @Override
    protected SortedMap<String, JsonNode> contents(Path directory, CurrentTable table) {
        return CurrentContents.of(directory.resolve("current.sqlite"), table);
    }
}
