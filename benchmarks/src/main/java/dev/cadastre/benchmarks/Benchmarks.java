package dev.cadastre.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Prints the table of what is measured. Arguments: {@code --quick} for small sizes that only show
 * that everything runs, and the names of parts to run ({@link #PARTS}; all without a name).
 */
public final class Benchmarks {

    static final List<String> PARTS =
            List.of(
                    "log",
                    "mongodb",
                    "commands",
                    "http",
                    "import",
                    "projection",
                    "temporal",
                    "diff",
                    "events",
                    "replay",
                    "snapshots",
                    "start");

    private Benchmarks() {}

    public static void main(String[] arguments) throws Exception {
        Set<String> wanted = new TreeSet<>(Arrays.asList(arguments));
        Settings settings = wanted.remove("--quick") ? Settings.QUICK : Settings.FULL;
        if (!PARTS.containsAll(wanted)) {
            System.err.println("usage: benchmarks [--quick] [part...]; the parts are " + PARTS);
            System.exit(2);
        }
        Path launcher = Path.of(System.getProperty("cadastre.launcher", "./cadastre"));
        Path directory = Files.createTempDirectory(Path.of("").toAbsolutePath(), ".benchmarks-");
        try {
            System.out.println("Measured on " + Surroundings.describe(directory) + ".\n");
            Table table = new Table(System.out);
            for (String part : PARTS) {
                if (wanted.isEmpty() || wanted.contains(part)) {
                    run(part, settings, table, directory, launcher);
                }
            }
        } finally {
            delete(directory);
        }
    }

    private static void run(
            String part, Settings settings, Table table, Path directory, Path launcher)
            throws Exception {
        switch (part) {
            case "log" -> new LogBenchmark(settings, table).run(directory);
            case "mongodb" -> new MongoBenchmark(settings, table).run(directory);
            case "commands" -> new CommandBenchmark(settings, table).run(directory);
            case "http" -> new ServerBenchmark(settings, table, launcher).http(directory);
            case "import" -> new ServerBenchmark(settings, table, launcher).history(directory);
            case "start" -> new ServerBenchmark(settings, table, launcher).start(directory);
            case "projection" -> new ProjectionBenchmark(settings, table).run(directory);
            case "diff" -> new DiffBenchmark(settings, table).run(directory);
            case "events" -> new EventBenchmark(settings, table, launcher).run(directory);
            case "replay" -> new ReplayBenchmark(settings, table, launcher).run(directory);
            case "snapshots" -> new SnapshotBenchmark(settings, table, launcher).run(directory);
            case "temporal" -> new TemporalBenchmark(settings, table).run(directory);
            default -> throw new IllegalArgumentException(part);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
