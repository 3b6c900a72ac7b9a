package dev.cadastre.query.events.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadastre.events.ci.CiEvent.CiChanged;
import dev.cadastre.query.histories.Estate;
import dev.cadastre.query.histories.QueryServer;
import dev.cadastre.query.histories.Recorded.Entry;
import dev.cadastre.query.shared.stream.LongStreams;
import dev.cadastre.query.shared.stream.StreamClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConcurrentSubscribersTest {

    private static final long SEED = 20_260_101;

    @TempDir Path directory;

    private QueryServer server;

    @BeforeEach
    void start() {
        server = QueryServer.start(directory, Clock.systemUTC(), ZoneOffset.UTC);
        Estate.record(server.recorded());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void across_reconnects_during_writes_each_event_comes_once_and_ids_ascend_by_one()
            throws Exception {
        int events = 2_000;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> readers = new ArrayList<>();
            for (int reader = 0; reader < 8; reader++) {
                Random random = new Random(SEED + reader);
                readers.add(threads.submit(() -> readAll(events, random)));
            }
            Random random = new Random(SEED);
            for (long size = server.recorded().log().head().size(); size < events; ) {
                size += record(Math.min(events - (int) size, 1 + random.nextInt(7)));
            }
            for (Future<?> reader : readers) {
                reader.get();
            }
        }
    }

    private Void readAll(int events, Random random) throws IOException {
        long seen = -1;
        while (seen < events - 1) {
            // The first address stays, as that of a browser does.
            String[] resumed = seen < 0 ? new String[0] : new String[] {"Last-Event-ID", "" + seen};
            try (StreamClient client = client("?after=-1", resumed)) {
                for (int left = 1 + random.nextInt(300); left > 0 && seen < events - 1; left--) {
                    assertThat(client.event().getFirst()).isEqualTo("id: " + ++seen);
                }
            }
        }
        return null;
    }

    @Test
    void a_thousand_idle_and_a_hundred_busy_subscribers_are_served_at_once() throws Exception {
        List<StreamClient> idle = new ArrayList<>();
        List<StreamClient> busy = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 1_000; i++) {
                idle.add(client("?type=person.registered"));
            }
            for (int i = 0; i < 100; i++) {
                busy.add(client("?after=10"));
            }
            assertThat(server.bean(LongStreams.class).count()).isEqualTo(1_100);
            List<Future<?>> readers = new ArrayList<>();
            for (StreamClient client : busy) {
                readers.add(
                        threads.submit(
                                () -> {
                                    for (int id = 11; id < 311; id++) {
                                        assertThat(client.event().getFirst())
                                                .isEqualTo("id: " + id);
                                    }
                                    return null;
                                }));
            }
            for (int i = 0; i < 300; i++) {
                record(1);
            }
            for (Future<?> reader : readers) {
                reader.get();
            }
            assertThat(idle).allMatch(client -> client.status() == 200);
            assertThat(idle.getLast().event()).contains("event: position");
        } finally {
            for (StreamClient client : idle) {
                client.close();
            }
            for (StreamClient client : busy) {
                client.close();
            }
        }
        await().until(() -> server.bean(LongStreams.class).count() == 0);
    }

    private int record(int events) {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < events; i++) {
            entries.add(
                    Entry.of(
                            Estate.WEB,
                            new CiChanged(
                                    Map.of("cores", (long) i), List.of(), List.of(), List.of())));
        }
        server.recorded().changeSet(entries);
        return events;
    }

    private StreamClient client(String query, String... headers) throws IOException {
        return StreamClient.open(server.port(), server.token(), "/api/v1/events" + query, headers);
    }
}
