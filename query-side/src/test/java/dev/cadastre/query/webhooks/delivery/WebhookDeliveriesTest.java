package dev.cadastre.query.webhooks.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.cadastre.events.StreamId;
import dev.cadastre.events.webhook.WebhookEvent.WebhookSubscribed;
import dev.cadastre.events.webhook.WebhookFilter;
import dev.cadastre.http.json.HttpJson;
import dev.cadastre.http.outbound.OutboundAddresses;
import dev.cadastre.query.histories.Estate;
import dev.cadastre.query.histories.ProjectedRegister;
import dev.cadastre.query.histories.Recorded;
import dev.cadastre.query.register.model.EntityChanges;
import dev.cadastre.query.webhooks.endpoint.EndpointLimits;
import dev.cadastre.query.webhooks.endpoint.HttpEndpoint;
import dev.cadastre.query.webhooks.endpoint.NameLookup;
import dev.cadastre.query.webhooks.model.RetryPolicy;
import dev.cadastre.query.webhooks.signing.WebhookSecrets;
import dev.cadastre.query.webhooks.state.FileDeliveryStates;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class WebhookDeliveriesTest {

    @TempDir Path directory;

    @Test
    void events_arrive_in_order_also_when_some_attempts_fail() throws Exception {
        BlockingQueue<JsonNode> taken = new LinkedBlockingQueue<>();
        AtomicInteger attempts = new AtomicInteger();
        HttpServer receiver =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext(
                "/",
                exchange -> {
                    byte[] body = exchange.getRequestBody().readAllBytes();
                    boolean takes = attempts.incrementAndGet() % 3 != 0;
                    if (takes) {
                        taken.add(HttpJson.mapper().readTree(body));
                    }
                    exchange.sendResponseHeaders(takes ? 204 : 500, -1);
                    exchange.close();
                });
        receiver.start();
        String url = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/";
        Clock clock = Clock.systemUTC();
        try (Recorded recorded = Recorded.in(directory.resolve("data"), clock);
                ProjectedRegister register =
                        new ProjectedRegister(recorded.log(), directory, ProjectedRegister.SMALL)) {
            Estate.record(recorded);
            try (WebhookDeliveries deliveries =
                    WebhookDeliveries.start(
                            recorded.log(),
                            new RegisterContent(
                                    register.projection(),
                                    new EntityChanges(register.index(), register.bodies())),
                            new DeliverySettings(
                                    new HttpEndpoint(
                                            OutboundAddresses.publicAnd(List.of("127.0.0.1")),
                                            NameLookup.SYSTEM,
                                            EndpointLimits.DEFAULT,
                                            clock,
                                            null),
                                    FileDeliveryStates.in(directory.resolve("webhooks")),
                                    WebhookSecrets.open(
                                            directory.resolve("trust"), new SecureRandom()),
                                    new RetryPolicy(
                                            Duration.ofMillis(1),
                                            Duration.ofMillis(5),
                                            Duration.ofMinutes(1)),
                                    clock,
                                    Alarm.by(clock),
                                    () -> 0.5))) {
                recorded.now(
                        StreamId.webhook("w"),
                        new WebhookSubscribed(null, url, WebhookFilter.ALL, -1L));
                for (int position = 0; position <= 11; position++) {
                    JsonNode event = taken.poll(20, TimeUnit.SECONDS);
                    assertThat(event).isNotNull();
                    assertThat(event.get("position").asInt()).isEqualTo(position);
                }
                assertThat(deliveries.find("w").orElseThrow().delivery().isDead()).isFalse();
            }
        } finally {
            receiver.stop(0);
        }
    }
}
