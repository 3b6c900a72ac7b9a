package dev.cadastre.standalone;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A server in a process of its own, as an operator starts it. */
final class ServerProcess implements AutoCloseable {

    static final String TOKEN = "a-token-for-tests-0123456789abcdef";

    private static final Map<String, String> OWN_TOKEN = Map.of("CADASTRE_ADMIN_TOKEN", TOKEN);

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Process process;
    private final URI address;

    private ServerProcess(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    /** Starts one on a free port and waits for its ready line. */
    static ServerProcess start(Path data, String... options) throws IOException {
        return start(arguments(data, options), OWN_TOKEN, errors(data));
    }

    /**
     * The same, with these arguments and variables.
     *
     * @param messages file for what it writes to standard error
     */
    static ServerProcess start(
            List<String> arguments, Map<String, String> environment, Path messages)
            throws IOException {
        Process process = launch(arguments, environment, messages);
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        String line = out.readLine();
        if (line == null || !line.startsWith("ready ")) {
            process.destroyForcibly();
            throw new IllegalStateException(
                    "expected a ready line, found " + line + "; " + Files.readString(messages));
        }
        return new ServerProcess(process, URI.create(line.substring("ready ".length())));
    }

    /** Starts one that is expected to give up; returns its exit status. */
    static int exitStatusOf(Path data, String... options) throws Exception {
        Process process = launch(arguments(data, options), OWN_TOKEN, errors(data));
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("it did not give up");
            }
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    /** What the last one started on this directory wrote to standard error. */
    static String messages(Path data) throws IOException {
        return Files.readString(errors(data));
    }

    private static List<String> arguments(Path data, String... options) {
        List<String> arguments = new ArrayList<>();
        arguments.addAll(List.of("serve", "--port", "0", "--data", data.toString()));
        arguments.addAll(List.of(options));
        return arguments;
    }

    private static Process launch(
            List<String> arguments, Map<String, String> environment, Path messages)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-XX:+UseCompactObjectHeaders",
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Cadastre.class.getName()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        return builder.redirectError(messages.toFile()).start();
    }

    private static Path errors(Path data) {
        return data.resolveSibling(data.getFileName() + ".err");
    }

    URI address() {
        return address;
    }

    HttpResponse<String> get(String path) throws Exception {
        return send(request(path).GET());
    }

    HttpResponse<String> send(String method, String path, String json) throws Exception {
        return send(
                request(path)
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(json)));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return CLIENT.send(
                request.timeout(Duration.ofSeconds(60)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(address.resolve(path))
                .header("Authorization", "Bearer " + TOKEN);
    }

    /** Sends SIGTERM and returns how long it took to end. */
    Duration stop() throws InterruptedException {
        long began = System.nanoTime();
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("it does not stop");
        }
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /** Sends SIGSTOP: the process stands still as one whose machine does. */
    void pause() throws Exception {
        signal("STOP");
    }

    /** Sends SIGCONT. */
    void resume() throws Exception {
        signal("CONT");
    }

    private void signal(String name) throws Exception {
        int status =
                new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                        .start()
                        .waitFor();
        if (status != 0) {
            throw new IllegalStateException("kill -" + name + " answered " + status);
        }
    }

    /** Sends SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
