package dev.cadastre.eventstore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.eventstore.commit.LogVerification;
import dev.cadastre.eventstore.config.EmbeddedLog;
import dev.cadastre.eventstore.log.Commit;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.eventstore.log.StoredEvent;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a writing process (SIGKILL) at random moments, opens the log again, and finds whatever was
 * acknowledged, and no change set in part. The seed is in the message of a failure.
 */
class KilledWriterTest {

    private static final int KILLS_OF_ONE_LOG = 25;
    private static final int MOST_MILLIS = 60;
    private static final int MOST_AWAITED = 8;

    private record Acknowledged(long first, long last, UUID changeSet) {}

    @TempDir Path directory;

    @Test
    void a_hundred_kills_lose_nothing_acknowledged_and_leave_nothing_half() throws Exception {
        kill(100);
    }

    @Test
    @Tag("exhaustive")
    void a_thousand_kills_lose_nothing_acknowledged_and_leave_nothing_half() throws Exception {
        kill(1_000);
    }

    private void kill(int kills) throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int acknowledged = 0;
        List<Acknowledged> ofThisLog = new ArrayList<>();
        for (int kill = 0; kill < kills; kill++) {
            if (kill % KILLS_OF_ONE_LOG == 0) {
                ofThisLog.clear();
            }
            Path log = directory.resolve("log-" + kill / KILLS_OF_ONE_LOG);
            List<Acknowledged> more = runAndKill(log, random);
            ofThisLog.addAll(more);
            acknowledged += more.size();
            check(log, ofThisLog, "seed " + seed + ", kill " + kill);
        }
        assertThat(acknowledged).as("change sets acknowledged before a kill").isGreaterThan(kills);
    }

    private List<Acknowledged> runAndKill(Path log, Random random) throws Exception {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-Xshare:auto",
                                "-cp",
                                System.getProperty("java.class.path"),
                                WritingProcess.class.getName(),
                                log.toString())
                        .redirectError(directory.resolve("errors.txt").toFile())
                        .start();
        List<Acknowledged> acknowledged = new ArrayList<>();
        try (BufferedReader lines = process.inputReader(StandardCharsets.US_ASCII)) {
            assertThat(lines.readLine())
                    .as(() -> "first line of the writer; it said " + errors())
                    .isEqualTo("open");
            int enough = random.nextInt(MOST_AWAITED);
            int millis = random.nextInt(MOST_MILLIS);
            Thread killer = null;
            String line = "";
            do {
                String[] parts = line.split(" ");
                if (parts.length == 3 && parts[2].length() == 36) {
                    acknowledged.add(
                            new Acknowledged(
                                    Long.parseLong(parts[0]),
                                    Long.parseLong(parts[1]),
                                    UUID.fromString(parts[2])));
                }
                // A slow machine is to be caught at work, too, not before it.
                if (killer == null && acknowledged.size() >= enough) {
                    killer = Thread.ofPlatform().start(() -> kill(process, millis));
                }
            } while ((line = lines.readLine()) != null);
            assertThat(killer).as(() -> "the writer ended by itself: " + errors()).isNotNull();
            killer.join();
        }
        process.waitFor();
        return acknowledged;
    }

    /** Lets the process write for a while, unless it ends by itself. */
    private static void kill(Process process, int millis) {
        try {
            process.waitFor(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // Not through the process, which would close its output.
        process.toHandle().destroyForcibly();
    }

    private static void check(Path directory, List<Acknowledged> acknowledged, String run) {
        try (EventLog log = EmbeddedLog.open(directory, Clock.systemUTC())) {
            assertThat(log.readOnlyReason()).as(run).isEmpty();
            assertThat(LogVerification.of(log)).as(run).isEqualTo(log.head().size());
            Map<UUID, List<StoredEvent>> changeSets = changeSets(log);
            changeSets.forEach(
                    (id, events) -> {
                        String whole =
                                new String(events.getFirst().metadata(), StandardCharsets.UTF_8);
                        assertThat(events).as(run + ": " + id).hasSize(Integer.parseInt(whole));
                    });
            for (Acknowledged expected : acknowledged) {
                List<StoredEvent> events = changeSets.get(expected.changeSet());
                assertThat(events).as(run + ": " + expected).isNotNull();
                assertThat(events.getFirst().position()).as(run).isEqualTo(expected.first());
                assertThat(events.getLast().position()).as(run).isEqualTo(expected.last());
            }
        }
    }

    private static Map<UUID, List<StoredEvent>> changeSets(EventLog log) {
        Map<UUID, List<StoredEvent>> changeSets = new HashMap<>();
        long position = 0;
        while (position < log.head().size()) {
            for (Commit commit : log.commits(position, 5_000)) {
                for (StoredEvent event : commit.events()) {
                    changeSets
                            .computeIfAbsent(event.envelope().changeSet(), id -> new ArrayList<>())
                            .add(event);
                }
                position = commit.lastPosition() + 1;
            }
        }
        return changeSets;
    }

    private String errors() {
        try {
            return Files.readString(directory.resolve("errors.txt"));
        } catch (IOException e) {
            return "(nothing readable: " + e.getMessage() + ")";
        }
    }
}
