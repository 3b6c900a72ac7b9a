package dev.cadastre.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
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
import java.util.concurrent.TimeUnit;

/** A server in a process of its own, as its users start it. */
final class ServerProcess implements AutoCloseable {

    private static final String READY = "ready ";

    private final Process process;
    private final URI address;

    private ServerProcess(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    /** Starts the product on a data directory; returns when it says that it is ready. */
    static ServerProcess product(Path launcher, Path data, String... jvmOptions)
            throws IOException {
        ProcessBuilder process =
                new ProcessBuilder(
                        launcher.toString(),
                        "serve",
                        "--no-demo",
                        "--data",
                        data.toString(),
                        "--port",
                        "0");
        process.environment().put("JAVA_HOME", System.getProperty("java.home"));
        process.environment().put("CADASTRE_JAVA_OPTS", String.join(" ", jvmOptions));
        return start(process, data.resolveSibling(data.getFileName() + ".err"));
    }

    /** Starts the server that does nothing, with the product's web server and filters. */
    static ServerProcess withoutWork(Path trust) throws IOException {
        return java(
                NoWorkServer.class,
                trust.resolveSibling(trust.getFileName() + ".err"),
                trust.toString());
    }

    /** Starts the server that writes the same lines to all who connect. */
    static ServerProcess plainFanOut(Path lines, int subscribers) throws IOException {
        return java(
                PlainFanOut.class,
                lines.resolveSibling(lines.getFileName() + ".err"),
                lines.toString(),
                Integer.toString(subscribers));
    }

    /** Starts the server that writes the files of a directory. */
    static ServerProcess plainExport(Path directory) throws IOException {
        return java(
                PlainExport.class,
                directory.resolveSibling(directory.getFileName() + ".err"),
                directory.toString());
    }

    /** Starts an emulated MongoDB that keeps everything in memory. */
    static ServerProcess emulatedMongo(Path errors) throws IOException {
        return java(EmulatedMongo.class, errors);
    }

    private static ServerProcess java(Class<?> main, Path errors, String... arguments)
            throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-XX:+UseCompactObjectHeaders",
                                "-cp",
                                System.getProperty("java.class.path"),
                                main.getName()));
        command.addAll(List.of(arguments));
        return start(new ProcessBuilder(command), errors);
    }

    private static ServerProcess start(ProcessBuilder builder, Path errors) throws IOException {
        Process process = builder.redirectError(errors.toFile()).start();
        BufferedReader out =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(READY)) {
                return new ServerProcess(process, URI.create(line.substring(READY.length())));
            }
        }
        throw new IOException("the server did not start: " + Files.readString(errors));
    }

    URI address() {
        return address;
    }

    static String token(Path data) throws IOException {
        return Files.readString(data.resolve("admin.token")).strip();
    }

    /** The most memory the process has had at once, in MiB; 0 where the system does not say. */
    long peakMemory() throws IOException {
        Path status = Path.of("/proc/" + process.pid() + "/status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1_024)
                .findFirst()
                .orElse(0);
    }

    /** Processor time the process has used so far, as finely as the system tells. */
    Duration cpuTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Sends a request; refuses an answer that is no success. */
    String send(HttpRequest.Builder request, String path, String token) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer =
                    client.send(
                            request.uri(address.resolve(path))
                                    .header("Authorization", "Bearer " + token)
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw new IOException(path + " answered " + answer.statusCode() + answer.body());
            }
            return answer.body();
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
