package dev.cadastre.query.shared.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.cadastre.http.access.Role;
import dev.cadastre.http.access.TokenStore;
import dev.cadastre.http.config.BlockingWork;
import dev.cadastre.http.config.HttpConfiguration;
import dev.cadastre.query.shared.stream.StreamClient;
import dev.cadastre.query.shared.stream.StreamingServer;
import dev.cadastre.query.shared.time.CoordinateResolver;
import dev.cadastre.query.shared.time.TwoCommits;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.web.server.reactive.context.ReactiveWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/** What clients that go, or stop reading, cost while a long answer is sent to them. */
class LongAnswersTest {

    private static final int AT_ONCE = 3;
    private static final int CHUNK_BYTES = 1 << 20;

    /** More than the buffers of two sockets take, and far less than an operator asks for ahead. */
    private static final int FEW = 20;

    private static final int MANY = 60;

    @TempDir Path directory;

    private String token;
    private ReactiveWebServerApplicationContext server;

    @Configuration(proxyBeanMethods = false)
    @Import(HttpConfiguration.class)
    static class Application {

        static final AtomicInteger MADE = new AtomicInteger();

        @Bean
        RouterFunction<ServerResponse> routes(BlockingWork work) {
            QueryHttp http =
                    new QueryHttp(
                            new CoordinateResolver(
                                    new TwoCommits(5),
                                    Clock.systemUTC(),
                                    ZoneOffset.UTC,
                                    Duration.ofSeconds(1)),
                            work);
            return RouterFunctions.route()
                    .GET(
                            "/failing-after/{count}",
                            request ->
                                    http.answer(
                                            request,
                                            Set.of(),
                                            query ->
                                                    streamed(
                                                            query,
                                                            new Chunks(
                                                                    Integer.MAX_VALUE,
                                                                    Integer.parseInt(
                                                                            request.pathVariable(
                                                                                    "count"))))))
                    .GET(
                            "/{count}",
                            request ->
                                    http.answer(
                                            request,
                                            Set.of(),
                                            query ->
                                                    streamed(
                                                            query,
                                                            new Chunks(
                                                                    Integer.parseInt(
                                                                            request.pathVariable(
                                                                                    "count")),
                                                                    Integer.MAX_VALUE))))
                    .build();
        }

        private static Answer streamed(Query query, Iterator<byte[]> chunks) {
            return new Answer.Streamed(query.coordinates(), MediaType.APPLICATION_NDJSON, chunks);
        }
    }

    /** Lines of a mebibyte. */
    private static final class Chunks implements Iterator<byte[]> {
        private final int count;
        private final int failing;
        private int next;

        Chunks(int count, int failing) {
            this.count = count;
            this.failing = failing;
        }

        @Override
        public boolean hasNext() {
            return next < count;
        }

        @Override
        public byte[] next() {
            if (next++ == failing) {
                throw new IllegalStateException("as the test wants it");
            }
            Application.MADE.incrementAndGet();
            byte[] chunk = new byte[CHUNK_BYTES];
            Arrays.fill(chunk, (byte) 'x');
            chunk[CHUNK_BYTES - 1] = '\n';
            return chunk;
        }
    }

    @BeforeEach
    void start() {
        TokenStore tokens = TokenStore.open(directory, Clock.systemUTC());
        token = tokens.create("reader", "reader", Set.of(Role.READER), Set.of()).text();
        Application.MADE.set(0);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_client_that_stops_reading_has_little_made_for_it_and_others_get_all()
            throws IOException {
        serve(Duration.ofMinutes(1));
        try (StreamClient slow = client("/" + MANY)) {
            awaitRest();
            assertThat(Application.MADE.get()).isBetween(1, FEW);
            try (StreamClient quick = client("/" + MANY)) {
                assertThat(lines(quick)).isEqualTo(MANY);
            }
            // It has only been slow: all that it was to get is there for it.
            assertThat(lines(slow)).isEqualTo(MANY);
        }
    }

    @Test
    void a_client_that_takes_nothing_for_long_loses_its_connection_and_its_place()
            throws IOException {
        serve(Duration.ofMillis(300));
        List<StreamClient> stalled = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            stalled.add(client("/" + MANY));
        }
        assertThat(statusOf("/1")).isEqualTo(429);
        await().until(() -> statusOf("/1") == 200);
        assertThat(Application.MADE.get()).isLessThan(AT_ONCE * FEW);
        for (StreamClient client : stalled) {
            assertThatThrownBy(() -> client.take(MANY * CHUNK_BYTES))
                    .isInstanceOf(IOException.class);
            client.close();
        }
    }

    @Test
    void clients_that_go_while_they_read_leave_nothing_behind() throws IOException {
        serve(Duration.ofMinutes(1));
        for (int i = 0; i < 3 * AT_ONCE; i++) {
            await().until(() -> statusOf("/1") == 200);
            try (StreamClient client = client("/" + MANY)) {
                client.take(10_000);
            }
        }
        awaitRest();
        int made = Application.MADE.get();
        assertThat(statusOf("/1")).isEqualTo(200);
        assertThat(Application.MADE.get()).isEqualTo(made + 1);
    }

    @Test
    void what_fails_before_anything_is_sent_is_a_problem_and_later_breaks_the_answer_off()
            throws IOException {
        serve(Duration.ofMinutes(1));
        assertThat(statusOf("/failing-after/0")).isEqualTo(500);
        try (StreamClient client = client("/failing-after/2")) {
            assertThat(client.status()).isEqualTo(200);
            assertThatThrownBy(() -> client.take(3 * CHUNK_BYTES)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void an_answer_of_nothing_is_empty() throws IOException {
        serve(Duration.ofMinutes(1));
        try (StreamClient client = client("/0")) {
            assertThat(client.status()).isEqualTo(200);
            assertThat(lines(client)).isZero();
        }
    }

    private void serve(Duration longestStall) {
        TokenStore tokens = TokenStore.open(directory, Clock.systemUTC());
        server = StreamingServer.start(Application.class, tokens, AT_ONCE, longestStall);
    }

    /** Waits until nothing more is made. */
    private static void awaitRest() {
        await().until(
                        () -> {
                            int before = Application.MADE.get();
                            await().pollDelay(Duration.ofMillis(100)).until(() -> true);
                            return before > 0 && Application.MADE.get() == before;
                        });
    }

    private static int lines(StreamClient client) throws IOException {
        int lines = 0;
        while (client.line() != null) {
            lines++;
        }
        return lines;
    }

    private int statusOf(String path) throws IOException {
        try (StreamClient client = client(path)) {
            return client.status();
        }
    }

    private StreamClient client(String path) throws IOException {
        return StreamClient.open(server.getWebServer().getPort(), token, path);
    }
}
