package dev.cadastre.query.versions.mongodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import dev.cadastre.eventstore.mongodb.MongoServers;
import dev.cadastre.eventstore.mongodb.TestServer;
import dev.cadastre.eventstore.mongodb.TestServer.TestDatabase;
import dev.cadastre.query.shared.mongodb.SharedDatabase;
import dev.cadastre.query.versions.store.BodyKey;
import dev.cadastre.query.versions.store.CurrentRow;
import dev.cadastre.query.versions.store.CurrentStore;
import dev.cadastre.query.versions.store.CurrentTable;
import dev.cadastre.query.versions.store.CurrentToken;
import dev.cadastre.query.versions.store.VersionStoreException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.bson.types.Decimal128;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The documents as {@code docs/formats/current-register.md} describes them. */
class CurrentDocumentsTest {

    private static final String PROVENANCE =
            "\"version\":0,\"validFrom\":\"2026-05-04T12:00:00.123456Z\","
                    + "\"recordedFrom\":\"2026-05-04T12:00:01Z\",\"position\":7}";

    private TestServer server;
    private MongoClient client;
    private MongoDatabase database;
    private MongoStores stores;

    @BeforeEach
    void open() {
        server = MongoServers.emulator();
        TestDatabase fresh = server.freshDatabase();
        client = MongoClients.create(fresh.uri() + "?serverSelectionTimeoutMS=100");
        database = client.getDatabase(fresh.name());
        stores = MongoStores.in(SharedDatabase.of(database));
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    @Test
    void fields_are_typed_and_named_so_that_they_can_be_asked_for() {
        put(
                CurrentTable.ASSETS,
                "lap",
                "{\"id\":\"lap\",\"type\":\"laptop\",\"state\":\"In use\",\"purchase\":{\"cost\":"
                        + "{\"amount\":\"1234.50\",\"currency\":\"EUR\"}},\"custodian\":\"person-7\","
                        + "\"attributes\":{\"$ram.gb\":16,\"50%\":[1,true,\"x\"]},"
                        + PROVENANCE);
        assertThat(database.getCollection("current_assets").find().first())
                .isEqualTo(
                        new Document("_id", "lap")
                                .append("type", "laptop")
                                .append("state", "In use")
                                .append(
                                        "purchase",
                                        new Document(
                                                "cost",
                                                new Document(
                                                                "amount",
                                                                new Decimal128(
                                                                        new BigDecimal("1234.50")))
                                                        .append("currency", "EUR")))
                                .append("custodian", "person-7")
                                .append(
                                        "attributes",
                                        new Document("%24ram%2Egb", 16L)
                                                .append("50%25", List.of(1L, true, "x")))
                                .append("version", 0L)
                                .append(
                                        "validFrom",
                                        Date.from(Instant.parse("2026-05-04T12:00:00.123Z")))
                                .append(
                                        "recordedFrom",
                                        Date.from(Instant.parse("2026-05-04T12:00:01Z")))
                                .append("position", 7L)
                                .append("present", true)
                                .append(
                                        "written",
                                        new Document("generation", 0L)
                                                .append("position", 9L)
                                                .append("asOf", 5L)));
    }

    @Test
    void what_was_removed_is_marked() {
        put(
                CurrentTable.CIS,
                "web",
                "{\"id\":\"web\",\"class\":\"server\",\"attributes\":{},\"relations\":[],"
                        + PROVENANCE);
        stores.current()
                .write(
                        List.of(List.of(row(CurrentTable.CIS, "web", absent("web")))).iterator(),
                        new CurrentToken(10, new byte[32], 5));
        assertThat(database.getCollection("current_cis").find().first())
                .containsEntry("present", false)
                .doesNotContainKeys("class", "relations");
    }

    private static String absent(String id) {
        return "{\"id\":\"" + id + "\",\"present\":false," + PROVENANCE;
    }

    @Test
    void an_entity_too_large_for_a_document_is_told_of_without_what_makes_it_large() {
        StringBuilder attributes = new StringBuilder("{");
        for (int i = 0; i < 300; i++) {
            attributes.append("\"a").append(i).append("\":\"").append("x".repeat(60_000));
            attributes.append("\",");
        }
        attributes.append("\"last\":1}");
        put(
                CurrentTable.CIS,
                "vast",
                "{\"id\":\"vast\",\"class\":\"server\",\"attributes\":"
                        + attributes
                        + ",\"relations\":[],"
                        + PROVENANCE);
        assertThat(database.getCollection("current_cis").find().first())
                .containsEntry("class", "server")
                .containsEntry("truncated", true)
                .doesNotContainKeys("attributes", "relations");
    }

    @Test
    void a_database_that_is_away_is_told_in_words_for_an_operator() {
        server.close();
        for (Runnable request :
                List.<Runnable>of(
                        () -> stores.current().token(),
                        () -> stores.versions().token(),
                        () -> stores.versions().read(List.of(new BodyKey(0, 0))))) {
            assertThatThrownBy(request::run)
                    .isInstanceOf(VersionStoreException.class)
                    .hasMessageContaining("goes on by itself");
        }
    }

    private void put(CurrentTable table, String id, String json) {
        CurrentStore current = stores.current();
        assertThat(current.isClaimed()).isTrue();
        current.write(
                List.of(List.of(row(table, id, json))).iterator(),
                new CurrentToken(9, new byte[32], 5));
    }

    private static CurrentRow row(CurrentTable table, String id, String json) {
        return new CurrentRow(table, id, json.getBytes(StandardCharsets.UTF_8));
    }
}
