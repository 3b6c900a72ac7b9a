package dev.cadastre.command.assets.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.command.config.CommandServer;
import dev.cadastre.command.config.CommandServer.Reply;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A server for tests of commands about assets. */
abstract class AssetsOverHttp {

    static final String ASSETS = "/api/v1/assets";

    @TempDir static Path directory;

    static CommandServer server;

    @BeforeAll
    static void start() {
        server = CommandServer.start(directory);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static Reply register(String body) {
        return server.send("POST", ASSETS, body);
    }

    /** The path of a new asset. */
    static String registered(String body, String effectiveAt) {
        Reply reply = server.send("POST", ASSETS, body, "Effective-At", effectiveAt);
        assertThat(reply.status()).as("%s", reply.body()).isEqualTo(201);
        return reply.header("Location");
    }
}
