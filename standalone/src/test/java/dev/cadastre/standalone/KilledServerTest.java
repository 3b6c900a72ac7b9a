package dev.cadastre.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cadastre.http.json.HttpJson;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server that is killed again and again while it imports eight years of history and several
 * callers send commands.
 */
class KilledServerTest {

    private static final int KILLS = 10;

    /**
     * Events that each server takes before it is killed; all of them are fewer than the history.
     */
    private static final int EVENTS = 1_200;

    @TempDir Path directory;

    @Test
    void after_ten_kills_under_load_nothing_acknowledged_is_lost_and_the_import_completes_exactly()
            throws Exception {
        Path history = sharedData().resolve("history-osg");
        assumeTrue(
                Files.isReadable(history.resolve("events.ndjson.gz")),
                () -> "no shared data: " + history.toAbsolutePath());
        Path data = directory.resolve("register");
        CommandLoad load = new CommandLoad();

        for (int kill = 1; kill <= KILLS; kill++) {
            try (ServerProcess server = ServerProcess.start(data)) {
                load.assertKept(server);
                int before = load.acknowledged();
                var running = sendHistory(server, history);
                var callers = load.against(server);
                awaitPosition(server, position(server) + EVENTS);
                server.kill();
                assertThat(running.handle((answer, failure) -> failure).join()).isNotNull();
                for (Thread caller : callers) {
                    caller.join();
                }
                assertThat(load.acknowledged()).isGreaterThan(before);
            }
        }

        try (ServerProcess server = ServerProcess.start(data)) {
            load.assertKept(server);
            var answer = sendHistory(server, history).join();
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
            var run = HttpJson.mapper().readTree(answer.body());
            assertThat(run.path("state").asString("")).isEqualTo("completed");
            assertThat(run.path("rejected").asInt(-1)).isZero();
            awaitPosition(server, run.path("position").asLong(-1));

            int differences =
                    Cadastre.run(
                            "check-history",
                            history.toString(),
                            "--url",
                            server.address().toString(),
                            "--token",
                            ServerProcess.TOKEN);

            assertThat(differences).isZero();
        }
    }

    private static CompletableFuture<HttpResponse<String>> sendHistory(
            ServerProcess server, Path history) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return server.send(
                                server.request("/api/v1/imports?profile=history&source=osg")
                                        .header("Content-Type", "application/gzip")
                                        .POST(
                                                HttpRequest.BodyPublishers.ofFile(
                                                        history.resolve("events.ndjson.gz"))));
                    } catch (Exception e) {
                        throw new CompletionException(e);
                    }
                },
                task -> Thread.ofVirtual().start(task));
    }

    /** Asks until the view includes the position. */
    private static void awaitPosition(ServerProcess server, long position) throws Exception {
        long seen;
        do {
            seen = position(server);
        } while (seen < position);
    }

    private static long position(ServerProcess server) throws Exception {
        var answer = server.get("/api/v1/cis?limit=1");
        return answer.headers().firstValueAsLong("Log-Position").orElse(-1);
    }

    private static Path sharedData() {
        String set = System.getenv("CADASTRE_SHARED_DATA");
        return set == null ? Path.of("../../shared/data") : Path.of(set);
    }
}
