package dev.cadastre.eventstore.mongodb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * FerretDB 1 as a process of its own, with everything in SQLite files. It speaks MongoDB's protocol
 * and shares no code with MongoDB or the emulator; it knows passwords, and disks that are full.
 */
public final class FerretServer implements AutoCloseable {

    /** Names the program, which {@code .ci/another-server} builds. */
    public static final String PROGRAM = "CADASTRE_TEST_FERRETDB";

    private static final Pattern LISTENING =
            Pattern.compile("Listening on TCP ([0-9.]+:[0-9]+)\\.\\.\\.");
    private static final long PATIENCE_SECONDS = 30;

    private final Process process;
    private final String address;

    private FerretServer(Process process, String address) {
        this.process = process;
        this.address = address;
    }

    /**
     * Starts one on an empty directory.
     *
     * @param pragma of SQLite, for each connection; empty for none
     */
    public static FerretServer start(Path directory, String pragma, String... options) {
        Path output = directory.resolve("log");
        List<String> command =
                new ArrayList<>(
                        List.of(
                                System.getenv(PROGRAM),
                                "--handler=sqlite",
                                "--sqlite-url=file:"
                                        + directory
                                        + "/"
                                        + (pragma.isEmpty() ? "" : "?_pragma=" + pragma),
                                "--state-dir=" + directory,
                                "--listen-addr=127.0.0.1:0",
                                "--debug-addr=-",
                                "--telemetry=disable"));
        command.addAll(List.of(options));
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile())
                            .start();
            return new FerretServer(process, address(process, output));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String address(Process process, Path output) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (true) {
            String written = Files.readString(output);
            Matcher listening = LISTENING.matcher(written);
            if (listening.find()) {
                return listening.group(1);
            }
            if (!process.isAlive() || System.nanoTime() > end) {
                process.destroyForcibly();
                throw new IllegalStateException("FerretDB did not start: " + written);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    /** Connection string of a database, for nobody in particular. */
    public String uri(String database) {
        return "mongodb://" + address + "/" + database;
    }

    /** The same for a user of that database. */
    public String uri(String database, String user, String password) {
        return "mongodb://" + user + ":" + password + "@" + address + "/" + database;
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
