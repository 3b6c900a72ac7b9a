package dev.cadastre.standalone;

import dev.cadastre.eventstore.config.DataDirectories;
import dev.cadastre.http.config.HttpSettings;
import dev.cadastre.standalone.client.ApiClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/**
 * Starts a server on an empty directory, has it take a command and answer a few queries, asks it as
 * the command line does, and stops it. The launcher runs this once after a build, so that Java can
 * keep the classes it loaded (an AOT cache) and later starts take a third of the time.
 */
@Command(name = "rehearse", hidden = true, description = "Start, answer a little, stop.")
final class RehearseCommand implements Callable<Integer> {

    private static final List<String> QUERIES =
            List.of(
                    "/api/v1/cis?asOf=2026-01-01",
                    "/api/v1/cis/rehearsal",
                    "/api/v1/cis/rehearsal/timeline",
                    "/api/v1/counts?kind=ci&by=class",
                    "/api/v1/assets");

    private static final List<List<String>> COMMANDS =
            List.of(
                    List.of("get", "cis", "--where", "class=thing"),
                    List.of("get", "cis", "-o", "ndjson"),
                    List.of("diff", "--from", "2026-01-01"),
                    List.of("history", "cis", "rehearsal"));

    @Override
    public Integer call() throws IOException {
        Path directory = Files.createTempDirectory("cadastre-rehearsal");
        ServerSettings settings =
                new ServerSettings(
                        DataDirectories.of(directory.resolve("register")),
                        HttpSettings.of("127.0.0.1", 0),
                        ZoneOffset.UTC,
                        false);
        try (Server server = Server.start(settings, Clock.systemUTC(), null)) {
            server.awaitReady();
            String token = Objects.requireNonNull(server.administratorToken());
            play(new ApiClient(server.address(), token));
            COMMANDS.forEach(command -> ask(command, server.address(), token));
        } finally {
            delete(directory);
        }
        return 0;
    }

    private static void play(ApiClient client) {
        String commands =
                """
                {"commands":[
                  {"method":"PUT","path":"/api/v1/ci-classes/thing","body":{}},
                  {"method":"POST","path":"/api/v1/cis","body":{"id":"rehearsal","class":"thing"}}]}
                """;
        long position =
                client.postJson(
                                "/api/v1/change-sets",
                                BodyPublishers.ofString(commands),
                                "application/json")
                        .path("position")
                        .asLong(-1);
        client.awaitPosition(position);
        QUERIES.forEach(client::getJson);
    }

    private static void ask(List<String> command, URI url, String token) {
        List<String> words = new ArrayList<>(command);
        words.addAll(List.of("--url", url.toString(), "--token", token));
        Cadastre.run(words.toArray(String[]::new));
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
