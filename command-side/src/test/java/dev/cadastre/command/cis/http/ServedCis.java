package dev.cadastre.command.cis.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.command.config.CommandServer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A server with a class and a type of relation, and the CIs that a test needs of it. */
abstract class ServedCis {

    @TempDir static Path directory;

    static CommandServer server;
    static final AtomicInteger COUNTER = new AtomicInteger();

    @BeforeAll
    static void start() {
        server = CommandServer.start(directory);
        assertThat(
                        server.send(
                                        "PUT",
                                        "/api/v1/ci-classes/server",
                                        """
                                        {"attributes":{"cores":"integer"}}""")
                                .status())
                .isEqualTo(200);
        server.send(
                "PUT", "/api/v1/relation-types/runsOn", "{\"inverse\":\"runs\",\"acyclic\":true}");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static String register() {
        String id = newId();
        assertThat(server.send("POST", "/api/v1/cis", registration(id)).status()).isEqualTo(201);
        return id;
    }

    static String registration(String id) {
        return "{\"id\":\"" + id + "\",\"class\":\"server\"}";
    }

    static String newId() {
        return "ci-" + COUNTER.incrementAndGet();
    }
}
