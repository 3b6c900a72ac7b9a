package dev.cadastre.query.shared.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadastre.http.access.Role;
import dev.cadastre.http.access.TokenStore;
import dev.cadastre.http.config.BlockingWork;
import dev.cadastre.http.config.HttpConfiguration;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.web.server.reactive.context.ReactiveWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

class LongStreamsTest {

    private static final StreamLimits TIGHT =
            new StreamLimits(
                    6,
                    4,
                    Duration.ofMillis(50),
                    Duration.ofMillis(700),
                    Duration.ofMillis(300),
                    Duration.ofMillis(20));

    private static final String ENDLESS = "/endless";
    private static final String SILENT = "/silent";
    private static final String FAILING = "/failing";

    @TempDir Path directory;

    private TokenStore tokens;
    private TokenStore.Created token;
    private ReactiveWebServerApplicationContext server;
    private LongStreams streams;

    @Configuration(proxyBeanMethods = false)
    @Import(HttpConfiguration.class)
    static class Application {

        static final AtomicLong PORTIONS = new AtomicLong();
        static final Set<Numbers> OPEN = ConcurrentHashMap.newKeySet();

        @Bean
        LongStreams longStreams(BlockingWork work) {
            return new LongStreams(TIGHT, work, failure -> null);
        }

        @Bean
        RouterFunction<ServerResponse> routes(LongStreams streams) {
            return RouterFunctions.route()
                    .GET(
                            "/{kind}",
                            request ->
                                    streams.open(
                                            request,
                                            (format, wake) -> new Numbers(format, request.path())))
                    .build();
        }
    }

    /** Numbers without end, ten kilobytes at a time; or none. */
    private static final class Numbers implements StreamSource {
        private final StreamFormat format;
        private final String kind;
        private long next;

        Numbers(StreamFormat format, String kind) {
            this.format = format;
            this.kind = kind;
            Application.OPEN.add(this);
        }

        @Override
        public Step next() {
            if (kind.equals(SILENT)) {
                return Step.NOTHING;
            }
            if (kind.equals(FAILING)) {
                throw new IllegalStateException("as the test wants it");
            }
            Application.PORTIONS.incrementAndGet();
            byte[] json =
                    ("{\"number\":" + next + ",\"filling\":\"" + "x".repeat(10_000) + "\"}")
                            .getBytes(StandardCharsets.UTF_8);
            return new Step.Messages(format.message(Long.toString(next++), null, json));
        }

        @Override
        public void close() {
            Application.OPEN.remove(this);
        }
    }

    @BeforeEach
    void start() {
        tokens = TokenStore.open(directory, Clock.systemUTC());
        token = token("reader");
        Application.PORTIONS.set(0);
        Application.OPEN.clear();
        server = StreamingServer.start(Application.class, tokens, 3, Duration.ofMinutes(1));
        streams = server.getBean(LongStreams.class);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_client_that_stops_reading_holds_back_its_own_stream_only() throws IOException {
        try (StreamClient slow = client(ENDLESS);
                StreamClient quick = client(ENDLESS)) {
            // What the sockets' buffers take is some megabytes; then nothing more is made.
            await().until(
                            () -> {
                                long before = Application.PORTIONS.get();
                                await().pollDelay(Duration.ofMillis(100)).until(() -> true);
                                return before > 0 && Application.PORTIONS.get() == before;
                            });
            long made = Application.PORTIONS.get();
            assertThat(made).isLessThan(4_000);
            for (int number = 0; number < 4_000; number++) {
                assertThat(quick.event().getFirst()).isEqualTo("id: " + number);
            }
            assertThat(slow.event().getFirst()).isEqualTo("id: 0");
        }
    }

    @Test
    void a_client_that_takes_nothing_for_long_loses_its_connection() throws IOException {
        try (StreamClient slow = client(ENDLESS)) {
            await().atMost(Duration.ofSeconds(20)).until(() -> streams.count() == 0);
            assertThat(Application.OPEN).isEmpty();
            assertThat(slow.status()).isEqualTo(200);
        }
    }

    @Test
    void a_client_that_goes_gives_its_place_back() throws IOException {
        for (String kind : List.of(SILENT, ENDLESS)) {
            StreamClient client = client(kind);
            assertThat(streams.count()).isEqualTo(1);
            client.close();
            await().until(() -> streams.count() == 0 && Application.OPEN.isEmpty());
        }
    }

    @Test
    void a_silent_stream_shows_that_the_server_is_there() throws IOException {
        try (StreamClient events = client(SILENT);
                StreamClient lines = client(SILENT, "Accept", "application/x-ndjson")) {
            assertThat(events.header("content-type")).isEqualTo("text/event-stream");
            assertThat(events.header("cache-control")).isEqualTo("no-store");
            assertThat(events.line()).isEqualTo("retry: 2000");
            assertThat(events.line()).isEmpty();
            assertThat(events.line()).isEqualTo(":");
            assertThat(events.line()).isEmpty();
            assertThat(events.line()).isEqualTo(":");
            assertThat(lines.header("content-type")).isEqualTo("application/x-ndjson");
            assertThat(lines.line()).isEmpty();
            assertThat(lines.line()).isEmpty();
        }
    }

    @Test
    void a_revoked_token_ends_its_streams_and_no_others() throws IOException {
        TokenStore.Created other = token("other");
        try (StreamClient revoked = client(SILENT);
                StreamClient unread = client(ENDLESS);
                StreamClient stays = client(SILENT, other, new String[0])) {
            // As another process does it: the server's own store is not told.
            TokenStore.open(directory, Clock.systemUTC()).revoke(token.token().id());
            assertThat(revoked.content()).isEqualTo("event: end");
            assertThat(revoked.line()).startsWith("data: {\"reason\":\"token-revoked\"");
            assertThat(revoked.content()).isNull();
            await().until(() -> streams.count() == 1);
            assertThat(unread.status()).isEqualTo(200);
            assertThat(stays.line()).isEqualTo("retry: 2000");
            assertThat(client(SILENT).status()).isEqualTo(401);
        }
    }

    @Test
    void open_streams_are_bounded_for_each_and_for_all_and_leave_requests_their_places()
            throws IOException {
        List<StreamClient> clients = new ArrayList<>();
        for (int i = 0; i < TIGHT.mostOfOne(); i++) {
            clients.add(client(SILENT));
            assertThat(clients.getLast().status()).isEqualTo(200);
        }
        StreamClient refused = client(SILENT);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("retry-after")).isEqualTo("10");
        assertThat(refused.body()).contains("This principal has 4 streams open.");
        TokenStore.Created other = token("other");
        clients.add(client(SILENT, other, new String[0]));
        clients.add(client(SILENT, other, new String[0]));
        StreamClient overflow = client(SILENT, other, new String[0]);
        assertThat(overflow.body()).contains("The server has 6 streams open.");
        clients.removeFirst().close();
        await().until(() -> streams.count() == 5);
        assertThat(client(SILENT, other, new String[0]).status()).isEqualTo(200);
        for (StreamClient client : clients) {
            client.close();
        }
    }

    @Test
    void what_fails_ends_the_stream_with_a_word() throws IOException {
        try (StreamClient client = client(FAILING, "Accept", "application/x-ndjson")) {
            assertThat(client.content()).startsWith("{\"end\":{\"reason\":\"failed\"");
            assertThat(client.content()).isNull();
        }
    }

    @Test
    void a_request_that_wants_neither_format_is_refused() throws IOException {
        try (StreamClient client = client(SILENT, "Accept", "text/csv")) {
            assertThat(client.status()).isEqualTo(406);
            await().until(() -> streams.count() == 0);
        }
    }

    @Test
    void a_server_that_stops_ends_all_streams_at_once_also_those_nobody_reads() throws IOException {
        try (StreamClient silent = client(SILENT);
                StreamClient unread = client(ENDLESS)) {
            long began = System.nanoTime();
            server.close();
            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .isLessThan(Duration.ofSeconds(5));
            assertThat(silent.content()).isEqualTo("event: end");
            assertThat(silent.line()).startsWith("data: {\"reason\":\"shutdown\"");
            assertThat(unread.status()).isEqualTo(200);
            assertThat(Application.OPEN).isEmpty();
        }
    }

    private TokenStore.Created token(String principal) {
        return tokens.create(principal, principal, Set.of(Role.READER), Set.of());
    }

    private StreamClient client(String path, String... headers) throws IOException {
        return client(path, token, headers);
    }

    private StreamClient client(String path, TokenStore.Created as, String[] headers)
            throws IOException {
        return StreamClient.open(server.getWebServer().getPort(), as.text(), path, headers);
    }
}
