package dev.cadastre.query.webhooks.endpoint;

import dev.cadastre.http.outbound.OutboundAddresses;
import dev.cadastre.query.webhooks.model.Endpoint.Message;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Endpoints for tests, and what is sent to them. */
final class Endpoints {

    /** Short enough for tests of endpoints that hang. */
    static final EndpointLimits IMPATIENT =
            new EndpointLimits(
                    Duration.ofMillis(400),
                    Duration.ofMillis(400),
                    Duration.ofMillis(800),
                    Duration.ofMillis(200),
                    64 << 10);

    private Endpoints() {}

    /** One that may send to the public internet and these networks, and is patient. */
    static HttpEndpoint allowing(NameLookup names, String... networks) {
        return new HttpEndpoint(
                OutboundAddresses.publicAnd(List.of(networks)),
                names,
                EndpointLimits.DEFAULT,
                Clock.systemUTC(),
                null);
    }

    static Message message(String url) {
        return new Message(
                url,
                "0198f0a2-0000-7000-8000-000000000001",
                1_772_352_000,
                "v1,c2lnbmF0dXJl",
                "{\"specversion\":\"1.0\"}".getBytes(StandardCharsets.UTF_8));
    }
}
