package dev.cadastre.query.register.current;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import dev.cadastre.eventstore.mongodb.TestServer;
import dev.cadastre.eventstore.mongodb.TestServer.TestDatabase;
import dev.cadastre.query.histories.AnyMongoServer;
import dev.cadastre.query.shared.mongodb.SharedDatabase;
import dev.cadastre.query.versions.CurrentContents;
import dev.cadastre.query.versions.mongodb.MongoStores;
import dev.cadastre.query.versions.store.CurrentStore;
import dev.cadastre.query.versions.store.CurrentTable;
import java.nio.file.Path;
import java.util.SortedMap;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;
import tools.jackson.databind.JsonNode;

class MongoCurrentRegisterProperties extends CurrentRegisterProperties {

    private TestServer server;

    @BeforeProperty
    void startServer() {
        server = AnyMongoServer.start();
    }

    @AfterProperty
    void stopServer() {
        server.close();
    }

    @Override
    Place place(Path directory) {
        TestDatabase fresh = server.freshDatabase();
        return new InDatabase(fresh, MongoClients.create(fresh.uri()));
    }

    private record InDatabase(TestDatabase fresh, MongoClient client) implements Place {
        @Override
        public CurrentStore current() {
            return MongoStores.in(SharedDatabase.of(collections())).current();
        }

        private MongoDatabase collections() {
            return client.getDatabase(fresh.name());
        }

        @Override
        public SortedMap<String, JsonNode> contents(CurrentTable table) {
            return CurrentContents.of(collections(), table);
        }

        @Override
        public JsonNode kept(byte[] body) {
            return CurrentContents.asInCollections(body);
        }

        @Override
        public void close() {
            client.close();
            fresh.close();
        }
    }
}
