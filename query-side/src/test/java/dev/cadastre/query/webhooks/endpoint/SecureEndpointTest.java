package dev.cadastre.query.webhooks.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.http.outbound.OutboundAddresses;
import dev.cadastre.query.webhooks.model.Endpoint.Outcome;
import dev.cadastre.query.webhooks.receivers.Receiver;
import io.netty.handler.ssl.SslContext;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over https a message goes to whom its address names, and to nobody else. */
class SecureEndpointTest {

    @TempDir static Path directory;

    private static Certificates certificates;
    private static Receiver receiver;

    @BeforeAll
    static void start() throws Exception {
        certificates = Certificates.of("receiver.example", directory);
        receiver = Receiver.startSecure(certificates.identity());
    }

    @AfterAll
    static void stop() {
        receiver.close();
    }

    @Test
    void a_message_is_sent_to_an_endpoint_that_shows_who_it_is() throws Exception {
        int before = receiver.attempts().size();

        assertThat(send("receiver.example", certificates.trust()))
                .isEqualTo(new Outcome.Taken(204));
        assertThat(receiver.attempts()).hasSize(before + 1);
    }

    @Test
    void a_certificate_for_another_name_is_not_believed() throws Exception {
        assertRefused("other.example", certificates.trust());
    }

    @Test
    void a_certificate_that_nobody_vouches_for_is_not_believed() throws Exception {
        assertRefused("receiver.example", null);
    }

    private static void assertRefused(String host, @Nullable SslContext trust) throws Exception {
        int before = receiver.attempts().size();

        Outcome.Failed failed = (Outcome.Failed) send(host, trust);

        assertThat(failed.status()).isNull();
        assertThat(failed.error()).startsWith("No secure connection can be made: ");
        assertThat(receiver.attempts()).hasSize(before);
    }

    private static Outcome send(String host, @Nullable SslContext trust) throws Exception {
        InetAddress address = InetAddress.getByName("127.0.0.1");
        try (HttpEndpoint endpoint =
                new HttpEndpoint(
                        OutboundAddresses.publicAnd(List.of("127.0.0.1")),
                        _ -> List.of(address),
                        EndpointLimits.DEFAULT,
                        Clock.systemUTC(),
                        trust)) {
            return endpoint.send(Endpoints.message(receiver.url("https", host)));
        }
    }
}
