package dev.cadastre.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.eventstore.mongodb.FaultyConnection;
import dev.cadastre.eventstore.mongodb.FaultyConnection.Fault;
import dev.cadastre.eventstore.mongodb.MongoServers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code cadastre serve} on a database that cannot be used. */
class DatabaseAtStartTest {

    private static dev.cadastre.eventstore.mongodb.TestServer mongodb;

    @TempDir Path directory;

    @BeforeAll
    static void start() {
        mongodb = MongoServers.emulator();
    }

    @AfterAll
    static void stop() {
        mongodb.close();
    }

    @Test
    @Timeout(20)
    void one_that_is_away_is_not_waited_for() throws IOException {
        try (FaultyConnection network = new FaultyConnection(mongodb.uri() + "/register")) {
            network.set(Fault.DOWN);

            assertThat(refusalOf(network.uri()))
                    .contains("The database cannot be reached at 127.0.0.1:", "Start it");
        }
    }

    /** The server of this test knows no users, so that it refuses every one. */
    @Test
    @Timeout(20)
    void one_that_refuses_the_user_says_so_and_tells_no_password() {
        String uri = mongodb.uri().replace("mongodb://", "mongodb://ada:pa55word@") + "/register";

        assertThat(refusalOf(uri))
                .contains("refuses the user or the password")
                .doesNotContain("pa55word");
    }

    private String refusalOf(String uri) {
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        PrintStream before = System.err;
        System.setErr(new PrintStream(messages, true, StandardCharsets.UTF_8));
        try {
            int status =
                    Cadastre.run(
                            "serve",
                            "--port",
                            "0",
                            "--data",
                            directory.resolve("data").toString(),
                            "--store",
                            "mongodb",
                            "--allow-standalone",
                            "--mongodb-uri",
                            uri);
            assertThat(status).isEqualTo(1);
        } finally {
            System.setErr(before);
        }
        return messages.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith("cadastre: "))
                .collect(Collectors.joining("\n"));
    }
}
