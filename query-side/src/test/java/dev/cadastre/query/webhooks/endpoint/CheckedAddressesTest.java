package dev.cadastre.query.webhooks.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cadastre.http.outbound.OutboundAddresses;
import dev.cadastre.query.webhooks.model.Endpoint.Outcome;
import dev.cadastre.query.webhooks.receivers.Receiver;
import dev.cadastre.query.webhooks.receivers.Receiver.Answer;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a name or an address is made to look like, nothing is sent where nothing may be. */
class CheckedAddressesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "localhost",
                "[::1]",
                "[::ffff:127.0.0.1]",
                "[::ffff:7f00:1]",
                "[::127.0.0.1]",
                "[64:ff9b::127.0.0.1]",
                "0.0.0.0",
                "10.0.0.1",
                "169.254.169.254",
                "[fd00:ec2::254]"
            })
    void no_private_address_is_connected_to(String host) throws Exception {
        try (Receiver receiver = Receiver.start();
                HttpEndpoint endpoint = Endpoints.allowing(NameLookup.SYSTEM)) {
            for (String scheme : List.of("http", "https")) {
                String error = refusal(endpoint, receiver.url(scheme, host));

                assertThat(error).contains("to which nothing is sent").contains("--webhook-allow");
            }
            assertThat(receiver.attempts()).isEmpty();
        }
    }

    @Test
    void a_public_address_is_not_sent_to_without_encryption() {
        try (HttpEndpoint endpoint = Endpoints.allowing(names("1.1.1.1"), "127.0.0.1")) {
            assertThat(refusal(endpoint, "http://example.org/"))
                    .contains("Over http, messages go to networks named with --webhook-allow only");
        }
    }

    @Test
    void an_allowed_network_is_sent_to_and_its_neighbour_is_not() throws Exception {
        try (Receiver receiver = Receiver.startAt("127.0.0.2");
                Receiver neighbour = Receiver.startAt("127.0.0.1", receiver.port());
                HttpEndpoint endpoint = Endpoints.allowing(NameLookup.SYSTEM, "127.0.0.2/32")) {
            assertThat(endpoint.send(Endpoints.message(receiver.url())))
                    .isEqualTo(new Outcome.Taken(204));
            assertThat(refusal(endpoint, neighbour.url())).contains("127.0.0.1");
            assertThat(neighbour.attempts()).isEmpty();
        }
    }

    @Test
    void a_name_that_leads_elsewhere_at_the_second_look_does_not_get_through() throws Exception {
        try (Receiver allowed = Receiver.startAt("127.0.0.2");
                Receiver inside = Receiver.startAt("127.0.0.1", allowed.port())) {
            allowed.answering(Answer.TAKEN.with("Connection", "close"));
            Names rebinding = names("127.0.0.2", "127.0.0.1", "127.0.0.2");
            try (HttpEndpoint endpoint = Endpoints.allowing(rebinding, "127.0.0.2")) {
                String url = allowed.url("http", "rebind.example");

                assertThat(endpoint.send(Endpoints.message(url))).isEqualTo(new Outcome.Taken(204));
                // One look for one connection: nothing lies between what is checked and used.
                assertThat(rebinding.looks()).isEqualTo(1);
                assertThat(refusal(endpoint, url)).contains("rebind.example", "127.0.0.1");
                assertThat(endpoint.send(Endpoints.message(url))).isEqualTo(new Outcome.Taken(204));

                assertThat(allowed.attempts()).hasSize(2);
                assertThat(inside.attempts()).isEmpty();
            }
        }
    }

    @Test
    void of_the_addresses_of_a_name_only_those_that_are_allowed_are_used() throws Exception {
        try (Receiver allowed = Receiver.startAt("127.0.0.2");
                Receiver inside = Receiver.startAt("127.0.0.1", allowed.port());
                HttpEndpoint endpoint =
                        Endpoints.allowing(
                                _ -> List.of(address("127.0.0.1"), address("127.0.0.2")),
                                "127.0.0.2")) {
            for (int i = 0; i < 5; i++) {
                assertThat(endpoint.send(Endpoints.message(allowed.url("http", "both.example"))))
                        .isEqualTo(new Outcome.Taken(204));
            }
            assertThat(inside.attempts()).isEmpty();
        }
    }

    @Test
    void an_address_that_a_name_hides_in_ipv6_is_judged_as_what_it_is() throws Exception {
        byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 127, 0, 0, 1};
        try (Receiver receiver = Receiver.start();
                HttpEndpoint endpoint =
                        Endpoints.allowing(
                                _ -> List.of(Inet6Address.getByAddress(null, mapped, -1)))) {
            assertThat(refusal(endpoint, receiver.url("https", "mapped.example")))
                    .contains("to which nothing is sent");
            assertThat(receiver.attempts()).isEmpty();
        }
    }

    @Test
    void an_allowed_address_in_ipv6_is_sent_to() throws Exception {
        assumeTrue(NetworkInterface.getByInetAddress(address("::1")) != null, "no IPv6 here");
        try (Receiver receiver = Receiver.startAt("::1");
                HttpEndpoint endpoint = Endpoints.allowing(NameLookup.SYSTEM, "::1")) {
            assertThat(endpoint.send(Endpoints.message(receiver.url("http", "[::1]"))))
                    .isEqualTo(new Outcome.Taken(204));
        }
    }

    @Test
    void a_name_without_an_address_is_told() {
        NameLookup nothing =
                name -> {
                    throw new UnknownHostException(name);
                };
        try (HttpEndpoint endpoint = Endpoints.allowing(nothing)) {
            assertThat(refusal(endpoint, "https://nowhere.example/in"))
                    .isEqualTo("The name nowhere.example has no address.");
        }
    }

    @Test
    void a_name_server_that_hangs_is_left_in_time() {
        CountDownLatch over = new CountDownLatch(1);
        NameLookup hanging =
                _ -> {
                    try {
                        over.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return List.of(address("127.0.0.1"));
                };
        try (HttpEndpoint endpoint =
                new HttpEndpoint(
                        OutboundAddresses.PUBLIC,
                        hanging,
                        Endpoints.IMPATIENT,
                        Clock.systemUTC(),
                        null)) {
            assertThat(refusal(endpoint, "https://slow.example/in"))
                    .isEqualTo("It was not done within 800 ms.");
            over.countDown();
        }
    }

    @Test
    void the_last_look_is_at_the_very_address_whatever_was_resolved() throws Exception {
        EmbeddedChannel channel =
                new EmbeddedChannel(new AddressGuard(address("127.0.0.2")::equals));

        assertThat(channel.connect(new InetSocketAddress("127.0.0.2", 80)).isSuccess()).isTrue();
        for (InetSocketAddress forbidden :
                List.of(
                        new InetSocketAddress("127.0.0.1", 80),
                        InetSocketAddress.createUnresolved("127.0.0.2", 80))) {
            assertThatThrownBy(() -> channel.connect(forbidden).sync())
                    .isInstanceOf(ForbiddenAddress.class);
        }
    }

    /** Answers one address after the other. */
    private static final class Names implements NameLookup {

        private final Deque<InetAddress> next = new ArrayDeque<>();
        private final int all;

        Names(List<InetAddress> addresses) {
            next.addAll(addresses);
            all = addresses.size();
        }

        @Override
        public synchronized List<InetAddress> addresses(String name) {
            return List.of(next.removeFirst());
        }

        synchronized int looks() {
            return all - next.size();
        }
    }

    private static Names names(String... addresses) {
        return new Names(Arrays.stream(addresses).map(CheckedAddressesTest::address).toList());
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static String refusal(HttpEndpoint endpoint, String url) {
        Outcome.Failed failed = (Outcome.Failed) endpoint.send(Endpoints.message(url));
        assertThat(failed.status()).isNull();
        return failed.error();
    }
}
