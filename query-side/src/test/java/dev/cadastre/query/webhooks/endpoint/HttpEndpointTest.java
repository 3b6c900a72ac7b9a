package dev.cadastre.query.webhooks.endpoint;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadastre.http.outbound.OutboundAddresses;
import dev.cadastre.query.webhooks.model.Endpoint.Outcome;
import dev.cadastre.query.webhooks.receivers.RawReceiver;
import dev.cadastre.query.webhooks.receivers.RawReceiver.Conduct;
import dev.cadastre.query.webhooks.receivers.Receiver;
import dev.cadastre.query.webhooks.receivers.Receiver.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Endpoints that do what they like: each attempt ends soon, in words, and holds nothing open. */
class HttpEndpointTest {

    /** Longer than any limit, and than a slow machine takes. */
    private static final Duration SOON = Duration.ofSeconds(5);

    private static final byte[] LINE = "x".repeat(8_000).getBytes(US_ASCII);

    private final HttpEndpoint endpoint =
            new HttpEndpoint(
                    OutboundAddresses.publicAnd(List.of("127.0.0.1")),
                    NameLookup.SYSTEM,
                    Endpoints.IMPATIENT,
                    Clock.systemUTC(),
                    null);

    @AfterEach
    void close() {
        endpoint.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204, 299})
    void whatever_is_answered_with_2xx_is_taken(int status) throws Exception {
        try (Receiver receiver = Receiver.start().answering(Answer.status(status))) {
            assertThat(send(receiver.url())).isEqualTo(new Outcome.Taken(status));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 404, 408, 429, 500, 502, 503, 599})
    void whatever_else_is_answered_is_a_failure(int status) throws Exception {
        try (Receiver receiver = Receiver.start().answering(Answer.status(status))) {
            assertThat(send(receiver.url()))
                    .isEqualTo(
                            new Outcome.Failed(
                                    status,
                                    "It answered " + status + " instead of 200 to 299.",
                                    null));
        }
    }

    @Test
    void an_endpoint_that_is_gone_wants_no_more() throws Exception {
        try (Receiver receiver = Receiver.start().answering(Answer.status(410))) {
            assertThat(send(receiver.url())).isEqualTo(new Outcome.Gone(410));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void a_redirect_is_a_failure_and_is_not_followed(int status) throws Exception {
        try (Receiver target = Receiver.start();
                Receiver receiver = Receiver.start()) {
            receiver.answering(Answer.status(status).with("Location", target.url()));

            Outcome.Failed failed = failed(receiver.url());

            assertThat(failed.status()).isEqualTo(status);
            assertThat(failed.error()).contains("redirects are not followed");
            assertThat(target.attempts()).isEmpty();
            assertThat(receiver.attempts()).hasSize(1);
        }
    }

    @Test
    void an_endpoint_that_never_answers_is_left_in_time() throws Exception {
        assertThat(leaves(RawReceiver.silence()).error())
                .isEqualTo("It did not answer within 400 ms.");
    }

    @Test
    void an_endpoint_that_answers_byte_by_byte_is_left_in_time() throws Exception {
        Conduct trickle =
                connection -> {
                    RawReceiver.readRequest(connection);
                    byte[] head = ("HTTP/1.1 200 OK\r\nx: " + "y".repeat(7_000)).getBytes(US_ASCII);
                    dripping(connection, head);
                };

        assertThat(leaves(trickle).error()).isEqualTo("It was not done within 800 ms.");
    }

    @Test
    void an_endpoint_that_never_comes_to_an_end_of_interim_answers_is_left_in_time()
            throws Exception {
        Conduct interim =
                connection -> {
                    RawReceiver.readRequest(connection);
                    while (true) {
                        dripping(connection, "HTTP/1.1 103 Early Hints\r\n\r\n".getBytes(US_ASCII));
                    }
                };

        assertThat(leaves(interim).error()).isEqualTo("It was not done within 800 ms.");
    }

    @Test
    void an_endpoint_that_sends_headers_without_end_is_left() throws Exception {
        AtomicLong sent = new AtomicLong();
        Conduct endless =
                connection -> {
                    RawReceiver.readRequest(connection);
                    write(connection, "HTTP/1.1 200 OK\r\n");
                    writeWithoutEnd(connection, sent);
                };

        assertThat(leaves(endless).error()).startsWith("The connection failed");
        assertThat(sent).hasValueLessThan(16L << 20);
    }

    @Test
    void of_a_body_without_end_a_bounded_part_is_read() throws Exception {
        AtomicLong sent = new AtomicLong();
        Conduct endless =
                connection -> {
                    RawReceiver.readRequest(connection);
                    write(connection, "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n");
                    writeWithoutEnd(connection, sent);
                };
        try (RawReceiver receiver = RawReceiver.start(endless)) {
            assertThat(send(receiver.url())).isEqualTo(new Outcome.Taken(200));
            await().until(() -> receiver.open() == 0);
        }
        // What is on its way in the buffers of the sockets comes on top of the limit.
        assertThat(sent).hasValueLessThan(16L << 20);
    }

    @Test
    void a_body_that_trickles_is_not_waited_for() throws Exception {
        Conduct trickle =
                connection -> {
                    RawReceiver.readRequest(connection);
                    write(connection, "HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n");
                    dripping(connection, LINE);
                };
        try (RawReceiver receiver = RawReceiver.start(trickle)) {
            assertThat(send(receiver.url())).isEqualTo(new Outcome.Taken(200));
            await().until(() -> receiver.open() == 0);
        }
    }

    @Test
    void an_endpoint_that_resets_the_connection_has_not_taken_the_message() throws Exception {
        Conduct reset =
                connection -> {
                    RawReceiver.readRequest(connection);
                    connection.setSoLinger(true, 0);
                };

        assertThat(leaves(reset).error()).startsWith("The connection failed");
    }

    @Test
    void an_endpoint_that_hangs_up_has_not_taken_the_message() throws Exception {
        assertThat(leaves(RawReceiver::readRequest).error()).startsWith("The connection failed");
    }

    @Test
    void an_endpoint_that_speaks_another_protocol_has_not_taken_the_message() throws Exception {
        Conduct mail =
                connection -> {
                    write(connection, "220 mail.example.org ESMTP\r\n");
                    RawReceiver.silence().with(connection);
                };

        assertThat(leaves(mail).status()).isNull();
    }

    @Test
    void an_endpoint_that_is_not_there_refuses_connections() throws Exception {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = closed.getLocalPort();
        }
        assertThat(failed("http://127.0.0.1:" + port + "/").error())
                .isEqualTo("It refuses connections.");
    }

    @Test
    void an_endpoint_that_accepts_no_connection_is_left_in_time() throws Exception {
        List<Socket> waiting = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            // What is more than a backlog of one holds is left without an answer.
            for (int i = 0; i < 2; i++) {
                waiting.add(new Socket(full.getInetAddress(), full.getLocalPort()));
            }
            assertThat(failed("http://127.0.0.1:" + full.getLocalPort() + "/").error())
                    .isEqualTo("It did not accept a connection within 400 ms.");
        } finally {
            for (Socket socket : waiting) {
                socket.close();
            }
        }
    }

    @Test
    void messages_to_one_host_go_over_a_kept_connection() throws Exception {
        Conduct polite =
                connection -> {
                    while (true) {
                        RawReceiver.readRequest(connection);
                        write(connection, "HTTP/1.1 204 No Content\r\n\r\n");
                    }
                };
        try (RawReceiver receiver = RawReceiver.start(polite)) {
            for (int i = 0; i < 20; i++) {
                assertThat(send(receiver.url())).isEqualTo(new Outcome.Taken(204));
            }
            // One, and one more where the next message was quicker than the end of the last.
            assertThat(receiver.accepted()).isLessThanOrEqualTo(2);
        }
    }

    @Test
    void a_kept_connection_that_was_closed_meanwhile_costs_no_attempt() throws Exception {
        Conduct once =
                connection -> {
                    RawReceiver.readRequest(connection);
                    write(connection, "HTTP/1.1 204 No Content\r\n\r\n");
                };
        try (RawReceiver receiver = RawReceiver.start(once)) {
            for (int i = 0; i < 20; i++) {
                assertThat(send(receiver.url())).isEqualTo(new Outcome.Taken(204));
            }
        }
    }

    @Test
    void an_address_without_a_path_means_the_root() throws Exception {
        try (Receiver receiver = Receiver.start()) {
            String root = receiver.url().replace("/in", "");

            assertThat(send(root)).isEqualTo(new Outcome.Taken(204));
            assertThat(send(root + "?a=%20b")).isEqualTo(new Outcome.Taken(204));
            assertThat(receiver.attempts())
                    .extracting(Receiver.Attempt::target)
                    .containsExactly("/", "/?a=%20b");
        }
    }

    @Test
    void closing_cuts_off_what_is_under_way_and_nothing_is_known_of_it() throws Exception {
        try (RawReceiver receiver = RawReceiver.start(RawReceiver.silence());
                HttpEndpoint patient = Endpoints.allowing(NameLookup.SYSTEM, "127.0.0.1")) {
            CompletableFuture<Outcome> outcome =
                    CompletableFuture.supplyAsync(
                            () -> patient.send(Endpoints.message(receiver.url())),
                            task -> Thread.ofVirtual().start(task));
            await().until(() -> receiver.open() == 1);

            patient.close();

            assertThat(outcome.get(5, TimeUnit.SECONDS)).isEqualTo(new Outcome.Unknown());
            await().until(() -> receiver.open() == 0);
        }
    }

    /** What becomes of a message to an endpoint that must be left, with nothing left open. */
    private Outcome.Failed leaves(Conduct conduct) throws Exception {
        try (RawReceiver receiver = RawReceiver.start(conduct)) {
            Outcome.Failed failed = failed(receiver.url());
            assertThat(failed.status()).isNull();
            await().until(() -> receiver.open() == 0);
            return failed;
        }
    }

    private Outcome.Failed failed(String url) {
        return (Outcome.Failed) send(url);
    }

    private Outcome send(String url) {
        long began = System.nanoTime();
        Outcome outcome = endpoint.send(Endpoints.message(url));
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(SOON);
        return outcome;
    }

    private static void write(Socket connection, String text) throws IOException {
        connection.getOutputStream().write(text.getBytes(US_ASCII));
    }

    /** Byte by byte, each well within the time that an answer may take. */
    private static void dripping(Socket connection, byte[] bytes) throws IOException {
        for (byte one : bytes) {
            connection.getOutputStream().write(one);
            await().pollDelay(Duration.ofMillis(40)).until(() -> true);
        }
    }

    private static void writeWithoutEnd(Socket connection, AtomicLong sent) throws IOException {
        while (true) {
            connection.getOutputStream().write(LINE);
            sent.addAndGet(LINE.length);
        }
    }
}
