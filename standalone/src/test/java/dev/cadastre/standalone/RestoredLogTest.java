package dev.cadastre.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import dev.cadastre.eventstore.mongodb.MongoServers;
import dev.cadastre.eventstore.mongodb.TestServer.TestDatabase;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Yesterday's log under today's projections: what they have seen since must not be answered. */
class RestoredLogTest {

    private static final List<String> LOG = List.of("log", "log_blobs", "log_tiles", "log_state");

    /** In the order in which the page for operators has them dumped. */
    private static final List<String> DUMPED =
            List.of("webhook_deliveries", "claims", "log", "log_blobs", "log_state");

    @TempDir Path directory;

    @Test
    void an_embedded_log_is_backed_up_while_it_is_served_and_restored() throws Exception {
        Path data = directory.resolve("register");
        Path backup = directory.resolve("backup.sqlite");
        try (ServerProcess server = ServerProcess.start(data)) {
            record(server, "yesterday");
            assertThat(Cadastre.run("backup", "--data", data.toString(), "--to", backup.toString()))
                    .isZero();
            record(server, "today");
            assertThat(all(server)).contains("named today");
            await(() -> currentAssets(data).contains("of today"));
            server.stop();
        }
        assertThat(data.resolve("index.image")).exists();

        Files.deleteIfExists(data.resolve("log.sqlite-wal"));
        Files.deleteIfExists(data.resolve("log.sqlite-shm"));
        Files.copy(backup, data.resolve("log.sqlite"), StandardCopyOption.REPLACE_EXISTING);

        try (ServerProcess server = ServerProcess.start(data)) {
            assertRestored(server, ServerProcess.messages(data));
            await(
                    () ->
                            currentAssets(data)
                                    .equals(List.of("both", "of yesterday", "since the restore")));
            assertThat(ServerProcess.messages(data))
                    .containsPattern("(WARN|ERROR).*The current register is at position .*rebuilt");
        }
    }

    @Test
    void collections_that_are_ahead_of_the_log_in_a_database_are_rebuilt() throws Exception {
        try (var mongodb = MongoServers.emulator();
                TestDatabase database = mongodb.freshDatabase();
                MongoClient client = MongoClients.create(database.uri())) {
            MongoDatabase collections = client.getDatabase(database.name());
            Map<String, List<Document>> backup;
            try (ServerProcess server = start(database, "first.err")) {
                record(server, "yesterday");
                backup = dump(collections);
                record(server, "today");
                assertThat(all(server)).contains("named today");
                await(() -> currentAssets(collections).contains("of today"));
                server.stop();
            }

            restore(collections, backup);

            try (ServerProcess server = start(database, "second.err")) {
                Path messages = directory.resolve("second.err");
                assertRestored(server, Files.readString(messages));
                await(
                        () ->
                                currentAssets(collections)
                                        .equals(
                                                List.of(
                                                        "both",
                                                        "of yesterday",
                                                        "since the restore")));
                assertThat(messages)
                        .content()
                        .containsPattern("(WARN|ERROR).*current register is at position .*rebuilt");
            }
        }
    }

    /**
     * As {@code mongodump} and {@code mongorestore} do it: one collection after the other, each
     * with its options and its indexes.
     */
    @Test
    void a_database_that_is_copied_while_it_is_written_comes_back_whole() throws Exception {
        try (var mongodb = MongoServers.emulator();
                EventReceiver receiver = new EventReceiver();
                TestDatabase database = mongodb.freshDatabase();
                MongoClient client = MongoClients.create(database.uri())) {
            MongoDatabase collections = client.getDatabase(database.name());
            List<CopiedCollection> copies = new ArrayList<>();
            AtomicInteger acknowledged = new AtomicInteger();
            int before;
            try (ServerProcess server = start(database, "first.err")) {
                record(server, "yesterday");
                subscribe(server, receiver);
                AtomicBoolean enough = new AtomicBoolean();
                Future<Void> writer =
                        CompletableFuture.supplyAsync(
                                () -> registerUntil(enough, server, acknowledged));
                await(() -> acknowledged.get() > 20);
                before = acknowledged.get();
                for (String name : DUMPED) {
                    copies.add(CopiedCollection.of(collections, name));
                    int then = acknowledged.get();
                    await(() -> acknowledged.get() > then || writer.isDone());
                }
                enough.set(true);
                writer.get(30, TimeUnit.SECONDS);
                record(server, "today");
                assertThat(all(server)).contains("named today");
                await(() -> webhook(server).contains("\"lag\":0"));
                server.stop();
            }
            int sent = receiver.count();
            List<Document> log = copies.get(DUMPED.indexOf("log")).documents();
            assertThat((long) log.size())
                    .isLessThan(collections.getCollection("log").countDocuments());

            DUMPED.forEach(name -> collections.getCollection(name).drop());
            copies.forEach(copy -> copy.restoreTo(collections));

            try (ServerProcess server = start(database, "second.err")) {
                Document last = log.getLast();
                assertThat(server.get("/actuator/health").body())
                        .contains("\"logPosition\":" + (size(last) - 1));
                String restored = all(server);
                for (int i = 1; i <= before; i++) {
                    assertThat(restored).contains("\"during " + i + "\"");
                }
                assertRestored(server, Files.readString(directory.resolve("second.err")));
                Document next =
                        collections
                                .getCollection("log")
                                .find(new Document("_id", size(last)))
                                .first();
                assertThat(next).isNotNull();
                await(() -> webhook(server).contains("\"lag\":0"));
                assertThat(webhook(server)).contains("\"state\":\"active\"");
                assertThat(receiver.count()).isGreaterThan(sent);
            }
        }
    }

    private static long size(Document commit) {
        return commit.getLong("_id") + commit.getInteger("n");
    }

    private static Void registerUntil(
            AtomicBoolean enough, ServerProcess server, AtomicInteger acknowledged) {
        try {
            while (!enough.get() && acknowledged.get() < 400) {
                register(server, "during " + (acknowledged.get() + 1));
                acknowledged.incrementAndGet();
            }
            return null;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private ServerProcess start(TestDatabase database, String messages) throws Exception {
        return ServerProcess.start(
                List.of(
                        "serve",
                        "--port=0",
                        "--store=mongodb",
                        "--allow-standalone",
                        "--webhook-allow=127.0.0.0/8",
                        "--data=" + directory.resolve("data")),
                Map.of(
                        "CADASTRE_MONGODB_URI",
                        database.uri(),
                        "CADASTRE_ADMIN_TOKEN",
                        ServerProcess.TOKEN),
                directory.resolve(messages));
    }

    /** Registers an asset of the day, and gives one of both days a name. */
    private static void record(ServerProcess server, String day) throws Exception {
        register(server, "of " + day);
        if (day.equals("yesterday")) {
            register(server, "both");
        }
        send(server, "PATCH", "/api/v1/assets/both", "{\"name\":\"named " + day + "\"}");
    }

    private static void register(ServerProcess server, String id) throws Exception {
        send(server, "POST", "/api/v1/assets", "{\"id\":\"" + id + "\",\"type\":\"hardware\"}");
    }

    private static void subscribe(ServerProcess server, EventReceiver receiver) throws Exception {
        String url = "http://127.0.0.1:" + receiver.port() + "/in";
        String webhook = "{\"id\":\"mirror\",\"url\":\"" + url + "\",\"after\":-1}";
        send(server, "POST", "/api/v1/webhooks", webhook);
    }

    private static String webhook(ServerProcess server) {
        try {
            return server.get("/api/v1/webhooks/mirror").body();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static HttpResponse<String> send(
            ServerProcess server, String method, String path, String json) throws Exception {
        HttpResponse<String> answer = server.send(method, path, json);
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
        return answer;
    }

    private static void assertRestored(ServerProcess server, String messages) throws Exception {
        assertThat(messages)
                .containsPattern("(WARN|ERROR).*The version store is at position .*rebuilt");
        assertThat(all(server)).contains("named yesterday").doesNotContain("today");
        assertThat(server.get("/api/v1/assets/of%20today").statusCode()).isEqualTo(404);
        assertThat(server.get("/api/v1/assets/both/timeline").body())
                .contains("named yesterday")
                .doesNotContain("today");

        register(server, "since the restore");
        assertThat(all(server)).contains("since the restore").doesNotContain("today");
    }

    /** The list of assets, with what every command so far has done. */
    private static String all(ServerProcess server) throws Exception {
        String health = server.get("/actuator/health").body();
        String position = health.replaceFirst("(?s).*\"logPosition\":(\\d+).*", "$1");
        return server.send(
                        server.request("/api/v1/assets").header("Min-Log-Position", position).GET())
                .body();
    }

    private static Map<String, List<Document>> dump(MongoDatabase database) {
        Map<String, List<Document>> dump = new LinkedHashMap<>();
        LOG.forEach(
                name ->
                        dump.put(
                                name, database.getCollection(name).find().into(new ArrayList<>())));
        assertThat(dump.get("log")).isNotEmpty();
        return dump;
    }

    private static void restore(MongoDatabase database, Map<String, List<Document>> dump) {
        dump.forEach(
                (name, documents) -> {
                    database.getCollection(name).deleteMany(new Document());
                    if (!documents.isEmpty()) {
                        database.getCollection(name).insertMany(documents);
                    }
                });
    }

    private static List<String> currentAssets(Path data) {
        try (Connection file =
                        DriverManager.getConnection(
                                "jdbc:sqlite:" + data.resolve("current.sqlite"));
                ResultSet row =
                        file.createStatement()
                                .executeQuery("SELECT id FROM current_assets ORDER BY id")) {
            List<String> ids = new ArrayList<>();
            while (row.next()) {
                ids.add(row.getString(1));
            }
            return ids;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> currentAssets(MongoDatabase database) {
        return database
                .getCollection("current_assets")
                .find()
                .map(document -> document.getString("_id"))
                .into(new ArrayList<>())
                .stream()
                .sorted()
                .toList();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(40);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }
}
