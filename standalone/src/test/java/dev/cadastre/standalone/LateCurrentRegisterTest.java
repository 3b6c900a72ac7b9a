package dev.cadastre.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import dev.cadastre.eventstore.mongodb.MongoServers;
import dev.cadastre.eventstore.mongodb.TestServer.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Health and metrics tell that what other programs read has fallen behind the log. */
@Timeout(60)
class LateCurrentRegisterTest {

    private static final String EVENTS = "cadastre_current_register_lag_events";
    private static final String SECONDS = "cadastre_current_register_lag_seconds";

    @TempDir Path directory;

    @Test
    void tables_that_another_program_locks_fall_behind_and_are_seen_to() throws Exception {
        try (TestServer server = TestServer.start(directory)) {
            OutageClient client = new OutageClient(server.address());
            client.position(client.register("before", "key-before"));
            awaitUpToDate(client);
            assertThat(keeper(client)).isEqualTo("this");

            try (Connection program =
                            DriverManager.getConnection(
                                    "jdbc:sqlite:" + directory.resolve("data/current.sqlite"));
                    Statement lock = program.createStatement()) {
                lock.execute("BEGIN IMMEDIATE");
                long position = client.position(client.register("meanwhile", "key-meanwhile"));
                client.awaitHealth(health -> health.path("registerPosition").asLong() >= position);

                client.await(() -> client.metric(SECONDS) > 0.5);
                assertThat(client.metric(EVENTS)).isPositive();
                JsonNode health = client.health();
                assertThat(health.path("currentRegisterPosition").asLong()).isLessThan(position);
                assertThat(health.path("status").asString("")).isEqualTo("UP");
                lock.execute("ROLLBACK");
            }

            awaitUpToDate(client);
        }
    }

    @Test
    void collections_that_nobody_brings_up_to_date_are_seen_at_every_process() throws Exception {
        try (var mongodb = MongoServers.emulator();
                TestDatabase database = mongodb.freshDatabase();
                MongoClient driver = MongoClients.create(database.uri());
                TestServer command = start("command", database, Side.COMMAND);
                TestServer first = start("first", database, Side.QUERY);
                TestServer second = start("second", database, Side.QUERY)) {
            MongoCollection<Document> claims =
                    driver.getDatabase(database.name()).getCollection("claims");
            OutageClient commands = new OutageClient(command.address());
            List<OutageClient> queries =
                    List.of(new OutageClient(first.address()), new OutageClient(second.address()));
            OutageClient one = queries.getFirst();
            one.await(() -> keepers(queries).equals(List.of("another", "this")));
            assertThat(commands.health().has("currentRegisterKeeper")).isFalse();

            update(claims, "a process that stands still", Instant.parse("2100-01-01T00:00:00Z"));
            one.await(() -> keepers(queries).equals(List.of("another", "another")));
            commands.position(commands.register("unwritten", "key-unwritten"));
            for (OutageClient query : queries) {
                query.await(() -> query.metric(SECONDS) > 0.5);
                assertThat(query.metric(EVENTS)).isPositive();
            }

            update(claims, "a process that stands still", Instant.EPOCH);
            one.await(() -> keepers(queries).equals(List.of("another", "this")));
            queries.forEach(LateCurrentRegisterTest::awaitUpToDate);
        }
    }

    private TestServer start(String name, TestDatabase database, Side side) {
        return TestServer.start(
                TestServer.directories(directory.resolve(name)),
                new Storage.Mongodb(database.uri(), true),
                side);
    }

    private static void update(MongoCollection<Document> claims, String holder, Instant expires) {
        Bson taken =
                Updates.combine(
                        Updates.set("holder", holder),
                        Updates.set("expires", Date.from(expires)),
                        Updates.inc("epoch", 1L));
        claims.updateOne(Filters.eq("_id", "register"), taken);
    }

    private static List<String> keepers(List<OutageClient> queries) {
        return queries.stream().map(LateCurrentRegisterTest::keeper).sorted().toList();
    }

    /** As health and metrics tell alike. */
    private static String keeper(OutageClient client) {
        String keeper = client.health().path("currentRegisterKeeper").asString("");
        double told = client.metric("cadastre_current_register_keeper{process=\"" + keeper + "\"}");
        return told == 1 ? keeper : "changing";
    }

    private static void awaitUpToDate(OutageClient client) {
        client.awaitHealth(
                health ->
                        health.path("currentRegisterPosition").asLong(-2)
                                == health.path("logPosition").asLong(-1));
        client.await(() -> client.metric(EVENTS) == 0 && client.metric(SECONDS) == 0);
    }
}
