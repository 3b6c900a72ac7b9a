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
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Starts a server on an empty directory, has it take a command and answer a few queries, and stops
 * it. Meanwhile a second process asks it as the command line does. The launcher runs this once
 * after a build, so that Java can keep the classes that each of them loaded (AOT caches) and later
 * starts take a third of the time.
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

    @Parameters(
            arity = "0..*",
            paramLabel = "OPTION",
            description = "After --: how Java is started for the second process, if it is.")
    private List<String> secondProcess = List.of();

    @Option(names = "--commands", description = "Be the second process.")
    private boolean commands;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (commands) {
            COMMANDS.forEach(command -> Cadastre.run(command.toArray(String[]::new)));
            return 0;
        }
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
            if (!secondProcess.isEmpty()) {
                ask(server.address(), token);
            }
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

    private void ask(URI url, String token) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(secondProcess);
        command.addAll(
                List.of("-jar", System.getProperty("java.class.path"), "rehearse", "--commands"));
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment().put("CADASTRE_URL", url.toString());
        builder.environment().put("CADASTRE_TOKEN", token);
        builder.start().waitFor();
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
