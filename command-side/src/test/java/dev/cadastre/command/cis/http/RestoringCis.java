package dev.cadastre.command.cis.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.command.config.CommandServer;
import dev.cadastre.command.config.CommandServer.Reply;
import dev.cadastre.eventstore.log.StoredEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server that knows servers, for tests of bringing CIs back. */
abstract class RestoringCis {

    static final JsonMapper JSON = JsonMapper.builder().build();
    static final AtomicInteger COUNTER = new AtomicInteger();

    @TempDir static Path directory;

    static CommandServer server;

    @BeforeAll
    static void start() {
        server = CommandServer.start(directory);
        server.send("PUT", "/api/v1/ci-classes/server", "{\"attributes\":{\"cores\":\"integer\"}}");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** The id of a new CI. */
    static String registered(String more, String... headers) {
        String id = "ci-" + COUNTER.incrementAndGet();
        Reply reply =
                server.send(
                        "POST",
                        "/api/v1/cis",
                        "{\"id\":\"" + id + "\",\"class\":\"server\"" + more + "}",
                        headers);
        assertThat(reply.status()).isEqualTo(201);
        return id;
    }

    static Reply restore(String ci, String body, String... headers) {
        return server.send("POST", path(ci) + "/restoration", body, headers);
    }

    static String path(String ci) {
        return "/api/v1/cis/" + ci;
    }

    /** What the last event of a CI says. */
    static JsonNode last(String ci) {
        return payload(server.log().stream("ci:" + ci, 0).getLast());
    }

    static JsonNode payload(StoredEvent event) {
        return JSON.readTree(new String(event.payload(), StandardCharsets.UTF_8));
    }
}
