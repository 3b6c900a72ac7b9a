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
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
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
    void a_change_that_changes_nothing_is_skipped() throws Exception {
        Answer answer =
                server.send(
                        new History()
                                .register("one", "a")
                                .update("two", "a", "\"set\":{\"cores\":4}")
                                .toString());

        assertThat(answer.count("changes")).isEqualTo(1);
        assertThat(answer.count("skipped")).isEqualTo(1);
        assertThat(server.log().stream("ci:a", 0)).hasSize(1);
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
