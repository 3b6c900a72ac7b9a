package dev.cadastre.command.imports.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.command.imports.http.ImportServer.Answer;
import dev.cadastre.eventstore.log.Commit;
import dev.cadastre.eventstore.log.StoredEvent;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Files that cannot be taken, or not to their end. */
class FaultyFilesTest {

    @TempDir Path directory;
    private ImportServer server;

    @BeforeEach
    void start() {
        server = new ImportServer(directory);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_line_that_names_another_class_refuses_the_change() throws Exception {
        Answer answer =
                server.send(
                        new History()
                                .register("one", "a")
                                .update("two", "a", "\"class\":\"printer\",\"set\":{\"x\":1}")
                                .update("three", "a", "\"class\":\"host\",\"set\":{\"x\":1}")
                                .toString());

        assertThat(answer.count("changes")).isEqualTo(2);
        assertThat(rejects(answer).get(0).get("detail").asString())
                .isEqualTo("Line 2: CI a is of class host, not printer.");
    }

    @Test
    void an_unknown_field_refuses_the_change_with_its_line() throws Exception {
        Answer answer =
                server.send(
                        new History()
                                .register("one", "a")
                                .register("two", "b", "\"colour\":\"red\"")
                                .toString());

        assertThat(answer.count("changes")).isEqualTo(1);
        assertThat(rejects(answer).get(0).get("line").asLong()).isEqualTo(2);
        assertThat(rejects(answer).get(0).get("detail").asString()).contains("colour");
    }

    @Test
    void a_gap_ends_the_run_there_and_the_whole_file_completes_it() throws Exception {
        History whole =
                new History().register("one", "a").register("two", "b").register("two", "c");
        Answer broken =
                server.send(
                        new History()
                                .register("one", "a")
                                .register("two", "b")
                                .gap()
                                .register("two", "c")
                                .toString());

        assertThat(broken.status()).isEqualTo(202);
        assertThat(broken.run().get("state").asString()).isEqualTo("ended-early");
        assertThat(broken.run().get("problem").get("line").asLong()).isEqualTo(3);
        assertThat(broken.count("changes")).isEqualTo(1);
        assertThat(types("two")).isEmpty();

        Answer again = server.send(whole.toString());
        assertThat(again.count("skipped")).isEqualTo(1);
        assertThat(again.count("changes")).isEqualTo(1);
        assertThat(types("two")).hasSize(2);
    }

    @Test
    void broken_json_and_broken_gzip_end_the_run_with_a_problem() throws Exception {
        Answer json = server.send(new History().register("one", "a").raw("{\"seq\":2,").toString());
        assertThat(json.run().get("problem").get("line").asLong()).isEqualTo(2);

        History random = new History();
        for (int i = 0; i < 20_000; i++) {
            random.register("r" + i, "r-" + UUID.randomUUID());
        }
        byte[] zipped = random.zipped();
        Answer gzip = server.send("", Arrays.copyOf(zipped, zipped.length / 2));
        assertThat(gzip.run().get("state").asString()).isEqualTo("ended-early");
        assertThat(gzip.run().get("problem").get("detail").asString()).contains("gzip");
        assertThat(gzip.count("changes")).isPositive();
    }

    @Test
    void a_zip_bomb_and_a_line_of_10_mb_are_too_large() throws Exception {
        byte[] lines = new byte[256 << 20];
        Arrays.fill(lines, (byte) '\n');
        String longLine =
                new History()
                        .register("one", "a")
                        .register("two", "b", "\"set\":{\"x\":\"" + "x".repeat(10_000_000) + "\"}")
                        .register("three", "c")
                        .toString();

        Answer bomb = server.send("", History.zip(lines));
        Answer line = server.send(longLine);

        for (Answer answer : List.of(bomb, line)) {
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.body().get("type").asString()).endsWith("/too-large");
            assertThat(answer.location()).startsWith("/api/v1/imports/");
        }
        assertThat(line.body().get("line").asLong()).isEqualTo(2);
        assertThat(line.body().get("detail").asString()).contains("8 MiB");
        assertThat(line.count("changes")).isZero();
    }

    @Test
    void a_change_of_25_000_lines_is_one_change_set_and_of_one_more_is_refused() throws Exception {
        History file = new History();
        for (int i = 0; i < 25_000; i++) {
            file.register("big", "big-" + i);
        }
        for (int i = 0; i < 25_001; i++) {
            file.register("bigger", "bigger-" + i);
        }
        file.register("last", "last");

        Answer answer = server.send(file.toString());

        assertThat(answer.count("changes")).isEqualTo(2);
        assertThat(answer.count("rejected")).isEqualTo(1);
        List<StoredEvent> events =
                events("big").stream()
                        .filter(event -> event.envelope().type().equals("ci.registered"))
                        .toList();
        assertThat(events.size()).isEqualTo(25_000);
        assertThat(events.stream().map(event -> event.envelope().changeSet()).distinct())
                .hasSize(1);
    }

    @Test
    void a_sender_who_goes_away_leaves_whole_changes_only() throws Exception {
        String id = UUID.randomUUID().toString();
        History file = new History();
        for (int i = 0; i < 2_000; i++) {
            file.register("c" + i / 2, "ci-" + i);
        }
        byte[] bytes = file.bytes();
        CountDownLatch recorded = new CountDownLatch(1);
        try (var _ = server.log().onCommit(recorded::countDown);
                Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.getOutputStream()
                    .write(
                            ("POST /api/v1/imports?profile=history&id="
                                            + id
                                            + " HTTP/1.1\r\nHost: 127.0.0.1:"
                                            + server.port()
                                            + "\r\nAuthorization: Bearer "
                                            + server.token()
                                            + "\r\nContent-Length: "
                                            + bytes.length
                                            + "\r\n\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
            // Cut exactly at a line's end: nothing but the missing rest tells that it is not whole.
            int half = new String(bytes, StandardCharsets.UTF_8).indexOf("\n{\"seq\":1002,") + 1;
            socket.getOutputStream().write(bytes, 0, half);
            socket.getOutputStream().flush();
            assertThat(recorded.await(30, TimeUnit.SECONDS)).isTrue();
        }

        JsonNode run = ended(id);
        assertThat(run.get("state").asString()).isEqualTo("ended-early");
        assertThat(run.get("problem").get("detail").asString()).contains("The body ended in line");
        long changes = run.get("changes").asLong();
        assertThat(changes).isBetween(1L, 500L);
        // Two lines each, the author and the class with the first, and the record of the run.
        assertThat(server.log().head().size()).isEqualTo(changes * 2 + 2 + 2);

        Answer again = server.send("", bytes);
        assertThat(again.count("skipped")).isEqualTo(changes);
        assertThat(again.count("changes")).isEqualTo(1_000 - changes);
        assertThat(again.count("rejected")).isZero();
    }

    private JsonNode rejects(Answer answer) throws Exception {
        return server.get(answer.location() + "/rejects").body().get("items");
    }

    /** Follows a run by its server-sent events, which end with the run. */
    private JsonNode ended(String id) throws Exception {
        server.text("/api/v1/imports/" + id + "/progress", "text/event-stream");
        return server.get("/api/v1/imports/" + id).body();
    }

    private List<String> types(String change) {
        return events(change).stream().map(event -> event.envelope().type()).toList();
    }

    private List<StoredEvent> events(String change) {
        String marked = "\"change\":\"" + change + "\"";
        return Stream.iterate(
                        server.log().commits(0, 1_000),
                        commits -> !commits.isEmpty(),
                        commits ->
                                server.log().commits(commits.getLast().lastPosition() + 1, 1_000))
                .flatMap(List::stream)
                .map(Commit::events)
                .flatMap(List::stream)
                .filter(
                        event ->
                                new String(event.metadata(), StandardCharsets.UTF_8)
                                        .contains(marked))
                .toList();
    }
}
