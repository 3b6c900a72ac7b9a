package dev.cadastre.command.imports.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.command.imports.http.ImportServer.Answer;
import dev.cadastre.events.imports.ImportEvent.ImportStarted;
import dev.cadastre.events.json.EventJson;
import dev.cadastre.eventstore.log.ChangeSet;
import dev.cadastre.eventstore.log.Commit;
import dev.cadastre.eventstore.log.ProposedEvent;
import dev.cadastre.eventstore.log.StoredEvent;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Imports over a real socket into a real log. */
class ImportRoutesTest {

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
    void a_file_becomes_one_change_set_for_each_of_its_changes() throws Exception {
        Answer answer =
                server.send(
                        new History()
                                .register("one", "a")
                                .register(
                                        "one",
                                        "b",
                                        "\"relationsAdded\":[{\"type\":\"runsOn\",\"to\":\"a\"}]")
                                .update("two", "b", "\"set\":{\"cores\":8},\"unset\":[\"spare\"]")
                                .toString());

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.location())
                .isEqualTo("/api/v1/imports/" + answer.run().get("id").asString());
        assertThat(answer.run().get("state").asString()).isEqualTo("completed");
        assertThat(answer.count("lines")).isEqualTo(3);
        assertThat(answer.count("changes")).isEqualTo(2);
        assertThat(answer.count("rejected")).isZero();
        // The author, the class and the relation type lead the change that first uses them.
        assertThat(types("one"))
                .containsExactly(
                        "person.registered",
                        "ci-class.defined",
                        "relation-type.defined",
                        "ci.registered",
                        "ci.registered");
        assertThat(types("two")).containsExactly("ci.changed");
        assertThat(answer.count("events")).isEqualTo(6);
        assertThat(answer.count("position")).isEqualTo(server.log().head().size() - 1);
        StoredEvent changed = events("two").getFirst();
        assertThat(changed.envelope().principal()).isEqualTo("importer-1");
        assertThat(changed.envelope().actor()).startsWith("person-");
        assertThat(changed.envelope().source()).isEqualTo("history");
        assertThat(new String(changed.metadata(), StandardCharsets.UTF_8)).contains("because");
    }

    @Test
    void a_second_identical_run_adds_nothing_but_its_record() throws Exception {
        byte[] file = new History().register("one", "a").register("two", "b").zipped();
        server.send("", file);
        long before = server.log().head().size();

        Answer second = server.send("", file);

        assertThat(second.count("skipped")).isEqualTo(2);
        assertThat(second.count("events")).isZero();
        assertThat(server.log().head().size()).isEqualTo(before + 2);
    }

    @Test
    void a_change_known_with_other_lines_is_refused_and_a_later_one_taken() throws Exception {
        server.send(new History().register("one", "a").toString());

        Answer answer =
                server.send(new History().register("one", "A").register("two", "b").toString());

        assertThat(answer.count("rejected")).isEqualTo(1);
        assertThat(answer.count("changes")).isEqualTo(1);
        JsonNode reject = rejects(answer).get(0);
        assertThat(reject.get("line").asLong()).isEqualTo(1);
        assertThat(reject.get("ci").asString()).isEqualTo("A");
        assertThat(reject.get("detail").asString()).contains("recorded before with other lines");
    }

    @Test
    void the_same_change_of_another_source_is_another_change() throws Exception {
        byte[] file = new History().register("one", "a").bytes();
        server.send("&source=x:y", file);

        Answer answer = server.send("&source=x", new History().register("y:one", "b").bytes());

        assertThat(answer.count("changes")).isEqualTo(1);
    }

    @Test
    void registering_a_present_ci_refuses_the_whole_change_with_line_and_ci() throws Exception {
        server.send(new History().register("one", "a").toString());

        Answer answer =
                server.send(
                        new History()
                                .register("two", "b")
                                .register("two", "a")
                                .register("two", "c")
                                .register("three", "d")
                                .toString());

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.count("rejected")).isEqualTo(1);
        assertThat(answer.count("changes")).isEqualTo(1);
        assertThat(rejects(answer).get(0).get("line").asLong()).isEqualTo(2);
        assertThat(rejects(answer).get(0).get("ci").asString()).isEqualTo("a");
        assertThat(rejects(answer).get(0).get("change").asString()).isEqualTo("two");
        assertThat(types("two")).isEmpty();
        assertThat(server.log().stream("ci:b", 0)).isEmpty();
    }

    @Test
    void a_relation_to_an_absent_ci_refuses_the_change() throws Exception {
        Answer answer =
                server.send(
                        new History()
                                .register(
                                        "one",
                                        "a",
                                        "\"relationsAdded\":[{\"type\":\"runsOn\",\"to\":\"nowhere\"}]")
                                .toString());

        assertThat(answer.count("rejected")).isEqualTo(1);
        assertThat(rejects(answer).get(0).get("detail").asString())
                .startsWith("Line 1: ")
                .contains("nowhere");
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

    @Test
    void people_who_change_the_same_ci_meanwhile_cost_no_change() throws Exception {
        server.send(new History().register("zero", "a").toString());
        History file = new History();
        for (int i = 0; i < 1_500; i++) {
            file.update("c" + i, "a", "\"set\":{\"cores\":" + (i + 10) + "}");
        }
        AtomicBoolean ended = new AtomicBoolean();
        CompletableFuture<Integer> described =
                CompletableFuture.supplyAsync(
                        () -> {
                            int count = 0;
                            while (!ended.get()) {
                                count += describe("a", count);
                            }
                            return count;
                        });

        Answer answer;
        try {
            answer = server.send(file.toString());
        } finally {
            ended.set(true);
        }

        assertThat(answer.run().get("state").asString()).isEqualTo("completed");
        assertThat(answer.count("rejected")).isZero();
        assertThat(answer.count("changes")).isEqualTo(1_500);
        int people = described.join();
        List<String> facts =
                server.log().stream("ci:a", 0).stream()
                        .map(event -> new String(event.payload(), StandardCharsets.UTF_8))
                        .toList();
        assertThat(facts).doesNotHaveDuplicates();
        assertThat(facts.size()).isEqualTo(1 + 1_500 + people);
    }

    private int describe(String ci, int count) {
        try {
            String body = "{\"attributes\":{\"round\":" + count + "}}";
            Answer answer = server.command("PATCH", "/api/v1/cis/" + ci, body);
            assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
            return 1;
        } catch (IOException | InterruptedException e) {
            throw new CompletionException(e);
        }
    }

    @Test
    void a_dry_run_judges_everything_and_records_nothing() throws Exception {
        server.send(new History().register("zero", "a").toString());
        long before = server.log().head().size();

        Answer answer =
                server.send(
                        "&dryRun=true",
                        new History()
                                .register("one", "b")
                                .update("two", "b", "\"set\":{\"cores\":1}")
                                .register("three", "a")
                                .remove("four", "b")
                                .register("five", "b")
                                .bytes());

        assertThat(answer.count("changes")).isEqualTo(4);
        assertThat(answer.count("rejected")).isEqualTo(1);
        assertThat(rejects(answer).get(0).get("line").asLong()).isEqualTo(3);
        assertThat(server.log().head().size()).isEqualTo(before);
        assertThat(server.send(new History().register("one", "b").toString()).count("changes"))
                .isEqualTo(1);
    }

    @Test
    void a_run_can_be_read_again_also_after_a_restart() throws Exception {
        Answer answer =
                server.send(new History().register("one", "a").gap().register("x", "b").toString());
        String id = answer.run().get("id").asString();
        JsonNode before = server.get("/api/v1/imports/" + id).body();
        String rejects = server.text("/api/v1/imports/" + id + "/rejects", "application/x-ndjson");
        assertThat(rejects.lines()).hasSize(1);

        server.close();
        server = new ImportServer(directory);

        JsonNode after = server.get("/api/v1/imports/" + id).body();
        for (String name : List.of("id", "state", "lines", "changes", "rejected", "position")) {
            assertThat(after.get(name)).as(name).isEqualTo(before.get(name));
        }
        assertThat(after.get("problem")).isEqualTo(before.get("problem"));
        assertThat(server.text("/api/v1/imports/" + id + "/rejects", "application/x-ndjson"))
                .isEqualTo(rejects);
        assertThat(server.text("/api/v1/imports/" + id + "/progress", "text/event-stream"))
                .contains("event:ended");
    }

    @Test
    void the_same_file_sent_twice_at_once_is_recorded_once() throws Exception {
        History file = new History();
        for (int i = 0; i < 500; i++) {
            file.register("c" + i, "ci-" + i);
        }
        CompletableFuture<Answer> other =
                CompletableFuture.supplyAsync(() -> sendUnchecked(file.bytes()));
        Answer one = server.send("", file.bytes());

        assertThat(one.count("changes") + other.join().count("changes")).isEqualTo(500);
        assertThat(one.count("skipped") + other.join().count("skipped")).isEqualTo(500);
        assertThat(one.count("rejected") + other.join().count("rejected")).isZero();
    }

    private Answer sendUnchecked(byte[] file) {
        try {
            return server.send("", file);
        } catch (IOException | InterruptedException e) {
            throw new CompletionException(e);
        }
    }

    @Test
    void a_run_whose_record_has_no_end_was_interrupted() throws Exception {
        String id = UUID.randomUUID().toString();
        ProposedEvent started =
                new ProposedEvent(
                        "import:" + id,
                        0,
                        UUID.randomUUID(),
                        "import.started",
                        1,
                        EventJson.write(new ImportStarted("history", "osg", false)),
                        null,
                        Long.MAX_VALUE,
                        List.of());
        server.log()
                .append(
                        new ChangeSet(
                                UUID.randomUUID(),
                                "importer-1",
                                "importer-1",
                                "osg",
                                "{}".getBytes(StandardCharsets.UTF_8),
                                List.of(started),
                                List.of(),
                                List.of(),
                                null))
                .join();

        JsonNode run = server.get("/api/v1/imports/" + id).body();

        assertThat(run.get("state").asString()).isEqualTo("interrupted");
        assertThat(run.has("changes")).isFalse();
    }

    @Test
    void what_cannot_be_a_run_is_refused_before_anything_is_read() throws Exception {
        byte[] file = new History().register("one", "a").bytes();
        String id = server.send("", file).run().get("id").asString();
        long before = server.log().head().size();

        assertThat(server.send("&profile=history", file).status()).isEqualTo(400);
        assertThat(server.send("&colour=red", file).status()).isEqualTo(400);
        assertThat(server.send("&dryRun=maybe", file).status()).isEqualTo(400);
        assertThat(server.send("&id=7", file).status()).isEqualTo(400);
        assertThat(server.send("&source=", file).status()).isEqualTo(400);
        assertThat(server.send("&id=" + id, file).status()).isEqualTo(409);
        assertThat(
                        server.answer(
                                        server.request(
                                                        "/api/v1/imports?profile=history",
                                                        server.token())
                                                .header("Content-Encoding", "br")
                                                .POST(HttpRequest.BodyPublishers.noBody()))
                                .status())
                .isEqualTo(415);
        assertThat(server.command("POST", "/api/v1/imports?profile=history", "").status())
                .isEqualTo(403);
        assertThat(server.get("/api/v1/imports/" + UUID.randomUUID()).status()).isEqualTo(404);
        assertThat(server.get("/api/v1/imports/nonsense/rejects").status()).isEqualTo(404);
        assertThat(server.log().head().size()).isEqualTo(before);
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
