package dev.cadastre.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.eventstore.config.DataDirectories;
import dev.cadastre.eventstore.mongodb.MongoServers;
import dev.cadastre.eventstore.mongodb.TestServer.TestDatabase;
import dev.cadastre.http.json.HttpJson;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A register that moves to MongoDB and back, with {@code cadastre migrate}. */
class MovedRegisterTest {

    private static final int COMMANDS = 80;
    private static final List<String> INSTANTS =
            List.of("2024-01-08T00:00:00Z", "2024-02-11T00:00:00Z", "2030-01-01T00:00:00Z");

    private static dev.cadastre.eventstore.mongodb.TestServer mongodb;

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir Path directory;

    @BeforeAll
    static void start() {
        mongodb = MongoServers.emulator();
    }

    @AfterAll
    static void stop() {
        mongodb.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void it_answers_the_same_at_every_position(long seed) throws Exception {
        List<String> before;
        try (TestServer server = TestServer.start(directory)) {
            record(server.address(), new Random(seed));
            before = answers(server.address());
        }
        assertThat(before).hasSizeGreaterThan(COMMANDS);

        try (TestDatabase database = mongodb.freshDatabase()) {
            String there = migrate(data(), database.uri());
            try (TestServer server =
                    TestServer.start(
                            directories("there"), new Storage.Mongodb(database.uri(), true))) {
                assertThat(answers(server.address())).isEqualTo(before);
            }
            String back = migrate(database.uri(), directories("back").data().toString());
            assertThat(back).isEqualTo(there).contains("root ");
        }

        try (TestServer server = TestServer.start(directories("back"), new Storage.Embedded())) {
            assertThat(answers(server.address())).isEqualTo(before);
        }
    }

    @Test
    void it_goes_on_and_remembers_what_is_unique_and_what_was_acknowledged() throws Exception {
        HttpResponse<String> first;
        try (TestServer server = TestServer.start(directory)) {
            first = registerOnce(server.address());
            assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
        }
        try (TestDatabase database = mongodb.freshDatabase()) {
            migrate(data(), database.uri());
            try (TestServer server =
                    TestServer.start(
                            directories("there"), new Storage.Mongodb(database.uri(), true))) {
                URI there = server.address();

                assertThat(registerOnce(there).body()).isEqualTo(first.body());
                assertThat(send(there, "POST", "/api/v1/assets", ASSET).statusCode())
                        .isEqualTo(409);
                HttpResponse<String> named =
                        send(there, "PATCH", "/api/v1/assets/laptop", "{\"name\":\"Moved\"}");
                assertThat(named.statusCode()).as(named.body()).isEqualTo(200);
                assertThat(position(named)).isEqualTo(position(first) + 1);
            }
        }
    }

    @Test
    void its_webhooks_send_again_under_the_same_ids_and_leave_nothing_out() throws Exception {
        try (EventReceiver receiver = new EventReceiver();
                TestDatabase database = mongodb.freshDatabase()) {
            long before;
            try (TestServer server = TestServer.startSendingHere(directory)) {
                registerOnce(server.address());
                subscribe(server.address(), receiver);
                before = rename(server.address());
                receiver.awaitPosition(before);
            }
            int sent = receiver.count();
            migrate(data(), database.uri());
            try (TestServer server = startThereSendingHere(database)) {
                receiver.awaitCount(2 * sent);
                long after = rename(server.address());

                receiver.awaitPosition(after);

                receiver.assertTookAllInOrder(after, 1);
                assertThat(receiver.count()).isEqualTo(2 * sent + 1);
            }
        }
    }

    @Test
    void a_webhook_that_was_paused_is_resumed_from_where_it_stood() throws Exception {
        try (EventReceiver receiver = new EventReceiver();
                TestDatabase database = mongodb.freshDatabase()) {
            try (TestServer server = TestServer.startSendingHere(directory)) {
                registerOnce(server.address());
                subscribe(server.address(), receiver);
                receiver.awaitPosition(rename(server.address()));
                send(server.address(), "POST", "/api/v1/webhooks/mirror/pause", "{}");
            }
            int sent = receiver.count();
            migrate(data(), database.uri());
            try (TestServer server = startThereSendingHere(database)) {
                long after = rename(server.address());
                String last = "{\"after\":" + (sent - 1) + "}";
                send(server.address(), "POST", "/api/v1/webhooks/mirror/resumption", last);

                receiver.awaitPosition(after + 1);

                receiver.assertTookAllInOrder(after + 1, 0);
            }
        }
    }

    private TestServer startThereSendingHere(TestDatabase database) {
        return TestServer.startSendingHere(
                new DataDirectories(
                        directory.resolve("there"), TestServer.directories(directory).trust()),
                new Storage.Mongodb(database.uri(), true));
    }

    private void subscribe(URI server, EventReceiver receiver) throws Exception {
        HttpResponse<String> answer =
                send(
                        server,
                        "POST",
                        "/api/v1/webhooks",
                        "{\"id\":\"mirror\",\"url\":\"http://127.0.0.1:%d/in\",\"after\":-1}"
                                .formatted(receiver.port()));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    /** Returns the position of what was recorded. */
    private long rename(URI server) throws Exception {
        String name = "{\"name\":\"" + System.nanoTime() + "\"}";
        HttpResponse<String> answer = send(server, "PATCH", "/api/v1/assets/laptop", name);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return position(answer);
    }

    private static final String ASSET =
            "{\"id\":\"laptop\",\"type\":\"hardware\",\"attributes\":{}}";

    private HttpResponse<String> registerOnce(URI server) throws Exception {
        return send(server, "POST", "/api/v1/assets", ASSET, "Idempotency-Key", "only once");
    }

    private DataDirectories directories(String name) {
        return new DataDirectories(directory.resolve(name), directory.resolve("trust of " + name));
    }

    private String data() {
        return TestServer.directories(directory).data().toString();
    }

    /** Registers, changes, relates and removes a few things, early and late, many refused. */
    private void record(URI server, Random random) throws Exception {
        send(server, "PUT", "/api/v1/ci-classes/server", "{}");
        send(server, "PUT", "/api/v1/relation-types/dependsOn", "{}");
        int taken = 0;
        for (int i = 0; i < COMMANDS; i++) {
            String ci = "ci-" + random.nextInt(5);
            String asset = "asset-" + random.nextInt(5);
            String at = "2024-0" + (1 + random.nextInt(3)) + "-1" + random.nextInt(9);
            String set = "{\"attributes\":{\"n\":" + random.nextInt(9) + "}}";
            HttpResponse<String> answer =
                    switch (random.nextInt(5)) {
                        case 0 ->
                                send(
                                        server,
                                        "POST",
                                        "/api/v1/cis",
                                        "{\"id\":\"" + ci + "\",\"class\":\"server\"}",
                                        "Effective-At",
                                        at + "T00:00:00Z");
                        case 1 ->
                                send(
                                        server,
                                        "POST",
                                        "/api/v1/assets",
                                        "{\"id\":\"" + asset + "\",\"type\":\"hardware\"}",
                                        "Idempotency-Key",
                                        "key-" + i);
                        case 2 -> send(server, "PATCH", "/api/v1/assets/" + asset, set);
                        case 3 ->
                                send(
                                        server,
                                        "PATCH",
                                        "/api/v1/cis/" + ci,
                                        set,
                                        "Effective-At",
                                        at + "T12:00:00Z");
                        default ->
                                send(
                                        server,
                                        "POST",
                                        "/api/v1/change-sets",
                                        ("{\"commands\":[{\"method\":\"PATCH\",\"path\":"
                                                        + "\"/api/v1/cis/%s\",\"body\":%s},"
                                                        + "{\"method\":\"PATCH\",\"path\":"
                                                        + "\"/api/v1/assets/%s\",\"body\":%s}]}")
                                                .formatted(ci, set, asset, set));
                    };
            assertThat(answer.statusCode()).as(answer.body()).isLessThan(500);
            taken += answer.statusCode() < 300 ? 1 : 0;
        }
        assertThat(taken).isGreaterThan(COMMANDS / 4);
    }

    /** What a server answers at every position, at several instants. */
    private List<String> answers(URI server) throws Exception {
        long last =
                HttpJson.mapper()
                        .readTree(get(server, "/actuator/health"))
                        .findPath("logPosition")
                        .asLong(-1);
        assertThat(last).isPositive();
        List<String> answers = new ArrayList<>();
        for (long position = 0; position <= last; position++) {
            for (String instant : INSTANTS) {
                String at = "asOf=" + instant + "&knownAt=position:" + position;
                answers.add(get(server, "/api/v1/cis?" + at));
                answers.add(get(server, "/api/v1/assets?" + at));
            }
        }
        for (int i = 0; i < 5; i++) {
            String known = "?knownAt=position:" + last;
            answers.add(get(server, "/api/v1/cis/ci-" + i + "/timeline" + known));
            answers.add(get(server, "/api/v1/assets/asset-" + i + "/timeline" + known));
        }
        answers.add(get(server, "/api/v1/changes?knownAt=position:" + last));
        return answers;
    }

    private String get(URI server, String path) throws Exception {
        return send(server, "GET", path, "").body();
    }

    private HttpResponse<String> send(
            URI server, String method, String path, String json, String... headers)
            throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(server.resolve(path))
                        .header("Authorization", "Bearer " + TestServer.TOKEN)
                        .header("Content-Type", "application/json")
                        .method(
                                method,
                                json.isEmpty()
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(json));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return client.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    private static long position(HttpResponse<String> answer) {
        return HttpJson.mapper().readTree(answer.body()).path("position").asLong(-1);
    }

    /** Moves the log and returns what is printed as the result. */
    private static String migrate(String from, String to) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
        try {
            assertThat(Cadastre.run("migrate", "--from", from, "--to", to, "--allow-standalone"))
                    .isZero();
        } finally {
            System.setOut(before);
        }
        return output.toString(StandardCharsets.UTF_8);
    }
}
