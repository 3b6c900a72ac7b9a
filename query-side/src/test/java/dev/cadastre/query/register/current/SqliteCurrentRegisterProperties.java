package dev.cadastre.query.register.current;

import dev.cadastre.query.versions.CurrentContents;
import dev.cadastre.query.versions.sqlite.SqliteCurrentStore;
import dev.cadastre.query.versions.store.CurrentStore;
import dev.cadastre.query.versions.store.CurrentTable;
import java.nio.file.Path;
import java.util.SortedMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SqliteCurrentRegisterProperties extends CurrentRegisterProperties {
    @Override
    Place place(Path directory) {
        return new InFiles(directory);
    }

    private record InFiles(Path directory) implements Place {
        @Override
        public CurrentStore current() {
            return SqliteCurrentStore.open(directory.resolve("current.sqlite"));
        }

        @Override
        public SortedMap<String, JsonNode> contents(CurrentTable table) {
            return CurrentContents.of(directory.resolve("current.sqlite"), table);
        }

        @Override
        public JsonNode kept(byte[] body) {
            return JsonMapper.shared().readTree(body);
        }

        @Override
        public void close() {}
    }
}
