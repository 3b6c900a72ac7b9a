package dev.cadastre.query.snapshots.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadastre.events.StreamId;
import dev.cadastre.events.ci.CiEvent.CiRegistered;
import dev.cadastre.events.snapshot.SnapshotScope;
import dev.cadastre.http.config.HttpSettings;
import dev.cadastre.query.histories.QueryServer;
import dev.cadastre.query.histories.Recorded.Entry;
import dev.cadastre.query.histories.Snapshots;
import dev.cadastre.query.shared.stream.StreamClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Exports whose clients go, or take nothing more, in the middle. */
class BrokenOffExportTest {

    private static final String WORKBOOK =
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    private static final int AT_ONCE = 2;
    private static final int CIS = 3_000;
    private static final int FILLING_BYTES = 2_000;

    @TempDir static Path directory;

    private static QueryServer server;

    @BeforeAll
    static void start() {
        server =
                QueryServer.start(
                        directory,
                        Clock.systemUTC(),
                        ZoneOffset.UTC,
                        new HttpSettings("127.0.0.1", 0, 1_000, AT_ONCE, Duration.ofMillis(500)));
        Random random = new Random(20_260_101);
        for (int from = 0; from < CIS; from += 1_000) {
            server.recorded()
                    .changeSet(
                            IntStream.range(from, from + 1_000)
                                    .mapToObj(number -> registered(number, random))
                                    .toList());
        }
        Snapshots.take(server.recorded(), "large", SnapshotScope.ALL);
        server.get("/api/v1/snapshots/large"); // Comes when the register holds all.
    }

    /** Some kilobytes that do not get smaller in a workbook. */
    private static Entry registered(int number, Random random) {
        byte[] filling = new byte[FILLING_BYTES];
        random.nextBytes(filling);
        return Entry.at(
                "2024-01-01T00:00:00Z",
                StreamId.ci("ci-" + number),
                new CiRegistered(
                        "server",
                        null,
                        null,
                        null,
                        Map.of("filling", HexFormat.of().formatHex(filling)),
                        List.of()));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/snapshots/large/items, application/x-ndjson",
        "/api/v1/snapshots/large/items, text/csv",
        "/api/v1/snapshots/large/items, " + WORKBOOK,
        "/api/v1/cis, application/x-ndjson",
        "/api/v1/cis, text/csv",
    })
    void clients_that_go_or_stop_reading_give_their_places_back(String path, String format)
            throws IOException {
        for (int i = 0; i < 2 * AT_ONCE; i++) {
            try (StreamClient goes = begun(path, format)) {
                goes.take(10_000);
            }
        }
        List<StreamClient> stalled = List.of(begun(path, format), begun(path, format));
        try (StreamClient refused = opened(path, format)) {
            assertThat(refused.status()).isEqualTo(429);
        }
        try (StreamClient reading = begun(path, format)) {
            // Not all: how the end looks differs.
            reading.take(CIS * FILLING_BYTES);
        }
        for (StreamClient client : stalled) {
            client.close();
        }
    }

    /** An export that goes on, once there is a place for it. */
    private static StreamClient begun(String path, String format) {
        AtomicReference<StreamClient> begun = new AtomicReference<>();
        await().until(
                        () -> {
                            StreamClient client = opened(path, format);
                            if (client.status() == 200) {
                                begun.set(client);
                                return true;
                            }
                            client.close();
                            return false;
                        });
        return begun.get();
    }

    private static StreamClient opened(String path, String format) throws IOException {
        return StreamClient.open(server.port(), server.token(), path, "Accept", format);
    }
}
