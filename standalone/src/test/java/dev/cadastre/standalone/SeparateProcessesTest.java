package dev.cadastre.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadastre.eventstore.mongodb.MongoServers;
import dev.cadastre.eventstore.mongodb.TestServer.TestDatabase;
import dev.cadastre.http.json.HttpJson;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The command-side and query-side processes of {@code docker-compose.yml} on one database, with the
 * arguments and variables that they have there.
 */
class SeparateProcessesTest {

    private static final int COMMANDS = 40;

    @TempDir static Path directory;

    private static dev.cadastre.eventstore.mongodb.TestServer mongodb;
    private static TestDatabase database;
    private static ComposeFile compose;
    private static Path secrets;
    private static List<ServerProcess> commandSides;
    private static List<ServerProcess> querySides;

    @BeforeAll
    static void start() throws Exception {
        mongodb = MongoServers.emulator();
        database = mongodb.freshDatabase();
        compose = ComposeFile.read();
        secrets = Files.createDirectory(directory.resolve("secrets"));
        Files.writeString(secrets.resolve("mongodb-uri"), database.uri() + "\n");
        Files.writeString(secrets.resolve("administrator-token"), ServerProcess.TOKEN + "\n");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<List<ServerProcess>> commanding =
                    threads.submit(() -> started(compose.services("command-side-"), threads));
            querySides = started(compose.services("query-side-"), threads);
            commandSides = commanding.get();
        }
        assertThat(List.of(commandSides.size(), querySides.size())).containsExactly(2, 2);
    }

    private static List<ServerProcess> started(List<String> services, ExecutorService threads)
            throws Exception {
        List<Future<ServerProcess>> starting = new ArrayList<>();
        for (String service : services) {
            starting.add(threads.submit(() -> process(service)));
        }
        List<ServerProcess> started = new ArrayList<>();
        for (Future<ServerProcess> one : starting) {
            started.add(one.get());
        }
        return started;
    }

    @AfterAll
    static void stop() {
        commandSides.forEach(ServerProcess::close);
        querySides.forEach(ServerProcess::close);
        database.close();
        mongodb.close();
    }

    private static ServerProcess process(String service) throws IOException {
        List<String> arguments = compose.arguments(service, directory);
        // The server of this test is no member of a replica set.
        arguments.add("--allow-standalone");
        arguments.addAll(EventReceiver.ALLOWED);
        return ServerProcess.start(
                arguments,
                compose.environment(service, secrets),
                directory.resolve(service + ".err"));
    }

    @Test
    void compose_takes_the_file() throws Exception {
        Path program = NeededProgram.anyOf("docker-compose");
        Process config =
                new ProcessBuilder(
                                program.toString(),
                                "-f",
                                ComposeFile.PATH.toAbsolutePath().normalize().toString(),
                                "config",
                                "--quiet")
                        .redirectErrorStream(true)
                        .start();
        String output = new String(config.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(config.waitFor()).as(output).isZero();
    }

    @Test
    void what_one_command_side_acknowledged_the_other_builds_on_and_all_query_sides_answer()
            throws Exception {
        register(commandSides.get(0), "laptop-1");

        HttpResponse<String> described =
                commandSides
                        .get(1)
                        .send("PATCH", "/api/v1/assets/laptop-1", "{\"name\":\"of reception\"}");

        assertThat(described.statusCode()).as(described.body()).isEqualTo(200);
        long position = position(described);
        assertThat(answer("/api/v1/assets/laptop-1", position)).contains("of reception");
    }

    @Test
    void commands_that_race_for_one_thing_are_all_taken_once() throws Exception {
        register(commandSides.getFirst(), "contested");
        Set<Long> positions = new TreeSet<>();
        Set<Long> sequenceNumbers = new TreeSet<>();
        try (var threads = Executors.newFixedThreadPool(8)) {
            List<Future<HttpResponse<String>>> sent = new ArrayList<>();
            for (int i = 0; i < COMMANDS; i++) {
                ServerProcess side = commandSides.get(i % 2);
                String json = "{\"attributes\":{\"round-" + i + "\":" + i + "}}";
                sent.add(
                        threads.submit(() -> side.send("PATCH", "/api/v1/assets/contested", json)));
            }
            for (Future<HttpResponse<String>> one : sent) {
                HttpResponse<String> answer = one.get();
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
                positions.add(position(answer));
                sequenceNumbers.add(json(answer).path("sequenceNumber").asLong(-1));
            }
        }

        assertThat(positions).hasSize(COMMANDS);
        assertThat(sequenceNumbers).hasSize(COMMANDS).contains(1L, (long) COMMANDS);
        long last = ((TreeSet<Long>) positions).last();
        String body = answer("/api/v1/assets/contested", last);
        assertThat(HttpJson.mapper().readTree(body).path("attributes").size()).isEqualTo(COMMANDS);
    }

    @Test
    void a_query_side_that_was_killed_catches_up() throws Exception {
        register(commandSides.getFirst(), "before-the-kill");
        querySides.get(1).kill();
        HttpResponse<String> meanwhile = register(commandSides.get(1), "during-the-kill");

        querySides.set(1, process("query-side-2"));

        assertThat(answer("/api/v1/assets", position(meanwhile)))
                .contains("before-the-kill", "during-the-kill");
    }

    @Test
    void webhooks_are_delivered_whichever_query_side_was_killed() throws Exception {
        try (EventReceiver receiver = new EventReceiver()) {
            HttpResponse<String> subscribed =
                    commandSides
                            .getFirst()
                            .send(
                                    "POST",
                                    "/api/v1/webhooks",
                                    "{\"id\":\"mirror\",\"url\":\"http://127.0.0.1:%d/in\",\"after\":-1}"
                                            .formatted(receiver.port()));
            assertThat(subscribed.statusCode()).as(subscribed.body()).isEqualTo(201);
            receiver.awaitPosition(position(subscribed));
            long last = -1;
            for (int side = 0; side < querySides.size(); side++) {
                querySides.get(side).kill();
                for (int i = 0; i < 5; i++) {
                    last = position(register(commandSides.get(1), "killed-" + side + "-" + i));
                }
                receiver.awaitPosition(last);
                querySides.set(side, process("query-side-" + (side + 1)));
            }

            receiver.assertTookAllInOrder(last, querySides.size());
            for (ServerProcess side : querySides) {
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> webhook(side).path("lag").asLong(-1) == 0);
                assertThat(webhook(side).path("state").asString("")).isEqualTo("active");
            }
            HttpResponse<String> ended =
                    commandSides
                            .getFirst()
                            .send(
                                    commandSides
                                            .getFirst()
                                            .request("/api/v1/webhooks/mirror")
                                            .DELETE());
            assertThat(ended.statusCode()).as(ended.body()).isBetween(200, 204);
        }
    }

    private static JsonNode webhook(ServerProcess side) throws Exception {
        return json(side.get("/api/v1/webhooks/mirror"));
    }

    @Test
    void a_command_side_that_stood_still_does_no_harm_when_it_goes_on() throws Exception {
        register(commandSides.getFirst(), "steady");
        commandSides.getFirst().pause();
        try {
            for (int i = 0; i < 5; i++) {
                register(commandSides.get(1), "meanwhile-" + i);
            }
        } finally {
            commandSides.getFirst().resume();
        }

        HttpResponse<String> after = register(commandSides.getFirst(), "afterwards");

        assertThat(answer("/api/v1/assets?limit=100", position(after)))
                .contains("steady", "meanwhile-4", "afterwards");
    }

    @Test
    void a_person_whom_one_command_side_registered_is_told_by_the_other() throws Exception {
        HttpResponse<String> registered =
                commandSides
                        .getFirst()
                        .send("POST", "/api/v1/people", "{\"name\":\"Ada Lovelace\"}");
        assertThat(registered.statusCode()).as(registered.body()).isBetween(200, 201);

        HttpResponse<String> told =
                commandSides
                        .get(1)
                        .get("/api/v1/people/" + json(registered).path("id").asString(""));

        assertThat(told.statusCode()).as(told.body()).isEqualTo(200);
        assertThat(told.body()).contains("Ada Lovelace");
    }

    private static HttpResponse<String> register(ServerProcess side, String id) throws Exception {
        HttpResponse<String> answer =
                side.send(
                        "POST",
                        "/api/v1/assets",
                        "{\"id\":\"" + id + "\",\"type\":\"hardware\",\"attributes\":{}}");
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
        return answer;
    }

    /** What all query sides answer alike once they have seen a position. */
    private static String answer(String path, long position) throws Exception {
        Set<String> bodies = new HashSet<>();
        for (ServerProcess side : querySides) {
            HttpResponse<String> answer =
                    side.send(
                            side.request(path)
                                    .header("Min-Log-Position", Long.toString(position))
                                    .GET());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            bodies.add(answer.body());
        }
        assertThat(bodies).hasSize(1);
        return bodies.iterator().next();
    }

    private static long position(HttpResponse<String> answer) {
        return json(answer).path("position").asLong(-1);
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return HttpJson.mapper().readTree(answer.body());
    }
}
