package dev.cadastre.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.model.Filters;
import dev.cadastre.eventstore.mongodb.FaultyConnection;
import dev.cadastre.eventstore.mongodb.FaultyConnection.Fault;
import dev.cadastre.eventstore.mongodb.MongoServers;
import dev.cadastre.eventstore.mongodb.TestServer.TestDatabase;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The database goes away from a server, and comes back. Another process, which it stays with, goes
 * on meanwhile.
 */
@Timeout(90)
class DatabaseOutageTest {

    @TempDir static Path directory;

    private static dev.cadastre.eventstore.mongodb.TestServer mongodb;
    private static TestDatabase database;
    private static FaultyConnection network;
    private static TestServer server;
    private static TestServer other;
    private static OutageClient client;
    private static OutageClient elsewhere;

    @BeforeAll
    static void start() throws IOException {
        mongodb = MongoServers.emulator();
        database = mongodb.freshDatabase();
        network = new FaultyConnection(database.uri());
        server = start("server", network.uri(), Side.BOTH);
        other = start("other", database.uri(), Side.COMMAND);
        client = new OutageClient(server.address());
        elsewhere = new OutageClient(other.address());
    }

    private static TestServer start(String name, String uri, Side side) {
        return TestServer.start(
                TestServer.directories(directory.resolve(name)),
                new Storage.Mongodb(uri, true),
                side);
    }

    @AfterEach
    void comeBack() {
        network.set(Fault.NONE);
        Instant back = Instant.now();
        client.awaitHealth(
                health ->
                        health.path("writable").asBoolean()
                                && Instant.parse(health.path("logHeard").asString(""))
                                        .isAfter(back));
    }

    @AfterAll
    static void stop() throws IOException {
        other.close();
        server.close();
        network.close();
        database.close();
        mongodb.close();
    }

    @Test
    void a_command_is_refused_while_it_is_away_and_recorded_once_when_sent_again() {
        network.set(Fault.DOWN);

        HttpResponse<String> refused = client.register("away", "key-away");
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(refused.body()).contains("Idempotency-Key");

        comeBack();
        HttpResponse<String> first = client.register("away", "key-away");
        HttpResponse<String> again = client.register("away", "key-away");
        assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
        assertThat(again.statusCode()).as(again.body()).isEqualTo(first.statusCode());
        assertThat(client.timelineLength("away", first)).isEqualTo(1);
    }

    @Test
    void a_command_that_was_recorded_though_nobody_was_told_is_recorded_once() {
        int lost = network.answersLost();
        network.set(Fault.COMMITS_UNANSWERED);

        HttpResponse<String> refused = client.register("untold", "key-untold");
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(network.answersLost()).isGreaterThan(lost);

        comeBack();
        HttpResponse<String> again = client.register("untold", "key-untold");
        assertThat(again.statusCode()).as(again.body()).isEqualTo(201);
        assertThat(client.timelineLength("untold", again)).isEqualTo(1);
        HttpResponse<String> another = elsewhere.register("untold", "another-key");
        assertThat(another.statusCode()).as(another.body()).isEqualTo(409);
    }

    @Test
    void queries_go_on_and_say_how_old_they_are() {
        client.awaitPosition(client.register("seen", "key-seen"));
        HttpResponse<String> unasked = client.register("never-asked-for", "key-unseen");
        client.awaitPosition(unasked);
        assertThat(client.get("/api/v1/assets/seen").statusCode()).isEqualTo(200);
        awaitBodies(client.position(unasked));

        network.set(Fault.DOWN);
        client.awaitHealth(health -> !health.path("writable").asBoolean());
        Instant wentAway = Instant.now();

        HttpResponse<String> body = client.get("/api/v1/assets/seen");
        HttpResponse<String> counts = client.get("/api/v1/counts?kind=asset&by=type");
        for (HttpResponse<String> answer : List.of(body, counts)) {
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(heard(answer)).isBefore(wentAway);
        }
        Instant before = heard(body);
        assertThat(heard(client.get("/api/v1/assets/seen"))).isEqualTo(before);

        HttpResponse<String> unread = client.get("/api/v1/assets/never-asked-for");
        assertThat(unread.statusCode()).as(unread.body()).isEqualTo(503);
        assertThat(unread.headers().firstValue("Retry-After")).isPresent();

        comeBack();
        client.await(() -> heard(client.get("/api/v1/assets/seen")).isAfter(wentAway));
        assertThat(client.get("/api/v1/assets/never-asked-for").statusCode()).isEqualTo(200);
    }

    /** Bodies that the version store has are no longer held for it. */
    private static void awaitBodies(long position) {
        try (MongoClient driver = MongoClients.create(database.uri())) {
            var tokens = driver.getDatabase(database.name()).getCollection("tokens");
            client.await(
                    () ->
                            tokens.countDocuments(
                                            Filters.and(
                                                    Filters.eq("_id", "versions"),
                                                    Filters.gte("position", position)))
                                    == 1);
        }
    }

    private static Instant heard(HttpResponse<String> answer) {
        return Instant.parse(answer.headers().firstValue("Log-Heard").orElseThrow());
    }

    @Test
    void health_and_metrics_tell_what_is_wrong_in_words_without_an_address() {
        network.set(Fault.DOWN);

        JsonNode health = client.awaitHealth(it -> !it.path("writable").asBoolean());

        assertThat(health.path("status").asString("")).isEqualTo("UP");
        assertThat(health.path("readOnlyReason").asString(""))
                .contains("does not answer")
                .doesNotContain("127.0.0.1", "localhost", "mongodb:");
        client.await(() -> client.metric("cadastre_log_heard_age_seconds") > 0.5);
        assertThat(client.metric("cadastre_log_writable")).isZero();
        assertThat(Instant.parse(client.health().path("logHeard").asString("")))
                .isBefore(Instant.now());
        client.awaitHealth(it -> it.path("currentRegisterKeeper").asString("").equals("unknown"));

        comeBack();
        client.awaitHealth(it -> it.path("currentRegisterKeeper").asString("").equals("this"));
    }

    @Test
    void streams_outlive_it_and_miss_nothing() throws Exception {
        long position = client.position(client.register("streamed-0", "key-streamed-0"));
        try (OutageClient.EventStream stream = client.stream("events?after=" + (position - 1));
                OutageClient.EventStream live = client.stream("live?view=assets&fields=id")) {
            assertThat(stream.next()).isEqualTo(position);
            live.await("streamed-0");

            network.set(Fault.DOWN);
            client.awaitHealth(health -> !health.path("writable").asBoolean());
            elsewhere.position(elsewhere.register("streamed-1", "key-streamed-1"));
            stream.awaitHeartbeat();

            comeBack();
            long last = client.position(client.register("streamed-2", "key-streamed-2"));
            for (long next = position + 1; next <= last; next++) {
                assertThat(stream.next()).isEqualTo(next);
            }
            live.await("streamed-1");
        }
    }

    @Test
    void a_slow_database_makes_answers_slow_and_nothing_worse() {
        network.set(Fault.SLOW);

        HttpResponse<String> registered = client.register("slow", "key-slow");

        assertThat(registered.statusCode()).as(registered.body()).isEqualTo(201);
        assertThat(client.timelineLength("slow", registered)).isEqualTo(1);
        assertThat(client.health().path("writable").asBoolean()).isTrue();
    }

    @Test
    void a_database_that_falls_silent_holds_no_query_up() {
        client.awaitPosition(client.register("silent", "key-silent"));
        assertThat(client.get("/api/v1/assets/silent").statusCode()).isEqualTo(200);
        network.set(Fault.SILENT);
        Instant began = Instant.now();

        client.await(
                () ->
                        heard(client.get("/api/v1/assets/silent"))
                                .isBefore(Instant.now().minusSeconds(3)));

        assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofSeconds(15));
        // The connections that nothing comes from any more end.
        network.set(Fault.DOWN);
    }

    @Test
    void a_snapshot_that_was_taken_elsewhere_meanwhile_is_sealed_afterwards() {
        client.awaitPosition(client.register("kept", "key-kept"));
        network.set(Fault.DOWN);
        client.awaitHealth(health -> !health.path("writable").asBoolean());
        HttpResponse<String> taken =
                elsewhere.send(
                        "POST", "/api/v1/snapshots", "{\"name\":\"meanwhile\"}", "key-snapshot");
        assertThat(taken.statusCode()).as(taken.body()).isBetween(200, 202);
        String id = client.json(taken).path("id").asString("");

        comeBack();

        client.await(
                () ->
                        client.get("/api/v1/snapshots/" + id)
                                .body()
                                .contains("\"state\":\"sealed\""));
    }

    @Test
    void an_import_ends_where_the_log_does_and_goes_on_when_the_file_is_sent_again()
            throws Exception {
        int half = 100;
        long before = client.health().path("logPosition").asLong();
        PipedOutputStream file = new PipedOutputStream();
        CompletableFuture<HttpResponse<String>> run =
                client.importing(new PipedInputStream(file, 1 << 20));
        write(file, 1, half);
        client.awaitHealth(health -> health.path("logPosition").asLong() > before + 10);

        network.set(Fault.DOWN);
        write(file, half + 1, 2 * half);
        file.close();
        HttpResponse<String> ended = run.join();
        assertThat(ended.statusCode()).as(ended.body()).isEqualTo(503);
        assertThat(ended.headers().firstValue("Retry-After")).isPresent();
        assertThat(ended.body()).contains("Send the whole file again later", "\"line\":");

        comeBack();
        PipedOutputStream again = new PipedOutputStream();
        CompletableFuture<HttpResponse<String>> second =
                client.importing(new PipedInputStream(again, 1 << 20));
        write(again, 1, 2 * half);
        again.close();
        HttpResponse<String> completed = second.join();
        assertThat(completed.statusCode()).as(completed.body()).isEqualTo(202);
        JsonNode told = client.json(completed);
        assertThat(told.path("rejected").asLong(-1)).as(completed.body()).isZero();
        long skipped = told.path("skipped").asLong();
        assertThat(skipped).isBetween(5L, 2L * half - 1);
        assertThat(skipped + told.path("changes").asLong()).isEqualTo(2L * half);
    }

    private static void write(OutputStream file, int first, int last) throws IOException {
        for (int i = first; i <= last; i++) {
            file.write(line(i).getBytes(StandardCharsets.UTF_8));
        }
        file.flush();
    }

    /** Long enough for a hundred of them not to wait in some buffer on the way. */
    private static String line(int sequence) {
        return """
        {"seq":%d,"at":"2020-01-01T00:00:00Z","by":"ada","change":"c%d","op":"register","ci":"imported-%d","class":"host","set":{"note":"%s"}}
        """
                .formatted(sequence, sequence, sequence, "x".repeat(1_000));
    }
}
