package dev.cadastre.standalone.commandline;

import dev.cadastre.standalone.Cadastre;
import dev.cadastre.standalone.TestServer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Runs shell commands in which {@code cadastre} is this product. */
public final class CommandLineProcess {

    private final Path directory;
    private final URI url;

    private CommandLineProcess(Path directory, URI url) {
        this.directory = directory;
        this.url = url;
    }

    /** What a command wrote, and how it ended. */
    public record Outcome(int status, String output, String messages) {}

    /**
     * @param directory for the launcher and what commands write
     * @param url of the server that commands talk to
     */
    public static CommandLineProcess in(Path directory, URI url) throws IOException {
        Path launcher = directory.resolve("cadastre");
        Files.writeString(
                launcher,
                """
                #!/bin/sh
                exec '%s' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '%s' %s "$@"
                """
                        .formatted(
                                Path.of(System.getProperty("java.home"), "bin", "java"),
                                System.getProperty("java.class.path"),
                                Cadastre.class.getName()));
        if (!launcher.toFile().setExecutable(true)) {
            throw new IOException("cannot make a launcher");
        }
        return new CommandLineProcess(directory, url);
    }

    /** Runs a line of bash to its end. */
    public Outcome run(String line) throws IOException, InterruptedException {
        Path messages = Files.createTempFile(directory, "messages", null);
        Process process = start(line, messages);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException(line + " does not end");
        }
        return new Outcome(process.exitValue(), output, Files.readString(messages));
    }

    /** Starts a line of bash; messages go to the file. */
    Process start(String line, Path messages) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", "set -o pipefail; " + line);
        builder.directory(directory.toFile());
        builder.environment()
                .merge("PATH", directory.toString(), (path, ours) -> ours + ":" + path);
        builder.environment().put("CADASTRE_URL", url.toString());
        builder.environment().put("CADASTRE_TOKEN", TestServer.TOKEN);
        return builder.redirectError(messages.toFile()).start();
    }
}
