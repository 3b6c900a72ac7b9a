package dev.cadastre.query.webhooks.delivery;

import dev.cadastre.events.StreamId;
import dev.cadastre.events.ci.CiEvent.CiChanged;
import dev.cadastre.events.webhook.WebhookEvent;
import dev.cadastre.events.webhook.WebhookEvent.WebhookSubscribed;
import dev.cadastre.events.webhook.WebhookFilter;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.http.outbound.OutboundAddresses;
import dev.cadastre.query.histories.Estate;
import dev.cadastre.query.histories.ProjectedRegister;
import dev.cadastre.query.histories.Recorded;
import dev.cadastre.query.register.model.EntityChanges;
import dev.cadastre.query.shared.claims.Claim;
import dev.cadastre.query.webhooks.delivery.DeliveryStatus.Phase;
import dev.cadastre.query.webhooks.endpoint.EndpointLimits;
import dev.cadastre.query.webhooks.endpoint.HttpEndpoint;
import dev.cadastre.query.webhooks.endpoint.NameLookup;
import dev.cadastre.query.webhooks.model.DeliveryState;
import dev.cadastre.query.webhooks.model.RetryPolicy;
import dev.cadastre.query.webhooks.signing.WebhookSecrets;
import dev.cadastre.query.webhooks.state.DeliveryStates;
import dev.cadastre.query.webhooks.state.FileDeliveryStates;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * Deliveries over a real log, register and HTTP, with the time in the hands of the test. They may
 * be stopped and started again. Messages go to 127.0.0.0/8.
 */
final class Deliverer implements AutoCloseable {

    /** Short enough for tests of endpoints that hang. */
    static final EndpointLimits IMPATIENT =
            new EndpointLimits(
                    Duration.ofSeconds(2),
                    Duration.ofMillis(300),
                    Duration.ofMillis(600),
                    Duration.ofMillis(200),
                    64 << 10);

    private final Path directory;
    private final EndpointLimits limits;
    private final ManualTime time = new ManualTime();
    private final Recorded recorded;
    private final ProjectedRegister register;
    private final WebhookSecrets secrets;
    private @Nullable WebhookDeliveries running;

    private Deliverer(Path directory, EndpointLimits limits) {
        this.directory = directory;
        this.limits = limits;
        this.recorded = Recorded.in(directory.resolve("data"), time);
        this.register = new ProjectedRegister(recorded.log(), directory, ProjectedRegister.SMALL);
        this.secrets = WebhookSecrets.open(directory.resolve("trust"), new SecureRandom());
    }

    static Deliverer start(Path directory) {
        return start(directory, EndpointLimits.DEFAULT);
    }

    static Deliverer start(Path directory, EndpointLimits limits) {
        Deliverer deliverer = new Deliverer(directory, limits);
        deliverer.start();
        return deliverer;
    }

    /** One that delivers nothing until it is started. */
    static Deliverer stopped(Path directory) {
        return new Deliverer(directory, EndpointLimits.DEFAULT);
    }

    void start() {
        running = process(recorded.log(), FileDeliveryStates.in(cursors()), Claim.ALWAYS);
    }

    /** Deliveries as a process on this log has them that shares states with others. */
    WebhookDeliveries process(EventLog log, DeliveryStates states, Claim claim) {
        return WebhookDeliveries.start(
                log,
                new RegisterContent(
                        register.projection(),
                        new EntityChanges(register.index(), register.bodies())),
                new DeliverySettings(
                        new HttpEndpoint(
                                OutboundAddresses.publicAnd(List.of("127.0.0.0/8")),
                                NameLookup.SYSTEM,
                                limits,
                                time,
                                null),
                        states,
                        claim,
                        secrets,
                        RetryPolicy.DEFAULT,
                        time,
                        time,
                        () -> 0.5));
    }

    void stop() {
        running().close();
        running = null;
    }

    private WebhookDeliveries running() {
        if (running == null) {
            throw new IllegalStateException("it is stopped");
        }
        return running;
    }

    /** Where cursors are kept. */
    Path cursors() {
        return directory.resolve("webhooks");
    }

    ManualTime time() {
        return time;
    }

    Recorded recorded() {
        return recorded;
    }

    String secret(String id, int generation) {
        return secrets.of(id, generation).text();
    }

    /** Subscribes to every event after a position. */
    void subscribe(String id, String url, long after) {
        subscribe(id, url, WebhookFilter.ALL, after);
    }

    void subscribe(String id, String url, WebhookFilter filter, long after) {
        record(id, new WebhookSubscribed(null, url, filter, after));
    }

    /** Records an event of a subscription. */
    void record(String id, WebhookEvent event) {
        recorded.now(StreamId.webhook(id), event);
    }

    /** Records changes of one CI, each in a commit of its own. */
    void recordChanges(int count) {
        for (long i = 0; i < count; i++) {
            recorded.now(
                    Estate.DB, new CiChanged(Map.of("change", i), List.of(), List.of(), List.of()));
        }
    }

    /** Position of the log's last event. */
    long lastPosition() {
        return recorded.log().head().size() - 1;
    }

    /** Where a subscription stands, by all that is recorded. */
    DeliveryStatus status(String id) throws InterruptedException {
        running().await(lastPosition(), Duration.ofSeconds(20));
        return running().find(id).orElseThrow();
    }

    /** Whether there is a subscription, by all that is recorded. */
    boolean knows(String id) throws InterruptedException {
        running().await(lastPosition(), Duration.ofSeconds(20));
        return running().find(id).isPresent();
    }

    /** Waits until a subscription stands like this. */
    DeliveryStatus await(String id, Predicate<DeliveryStatus> like) {
        AtomicReference<DeliveryStatus> found = new AtomicReference<>();
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(2))
                .until(
                        () -> {
                            found.set(status(id));
                            return like.test(found.get());
                        });
        return found.get();
    }

    DeliveryStatus await(String id, Phase phase) {
        return await(id, status -> status.phase() == phase);
    }

    /** Waits until a subscription has come to the end of the log. */
    DeliveryStatus awaitAll(String id) {
        return await(id, status -> status.lag() == 0);
    }

    /** Waits until so many attempts at one event have failed. */
    DeliveryState.Failure awaitFailures(String id, int attempts) {
        return await(
                        id,
                        status -> {
                            DeliveryState.Failure failure = status.delivery().failure();
                            return failure != null && failure.attempts() >= attempts;
                        })
                .delivery()
                .failure();
    }

    /**
     * Lets time go on from attempt to attempt until an instant, or until nothing is tried any more.
     *
     * @return how many attempts failed
     */
    int failUntil(String id, Instant end) {
        int attempts = 1;
        while (true) {
            Instant next = awaitFailures(id, attempts).nextAttemptAt();
            if (next == null || next.isAfter(end)) {
                time.advanceTo(end);
                return attempts;
            }
            time.advanceTo(next);
            attempts++;
        }
    }

    @Override
    public void close() {
        if (running != null) {
            stop();
        }
        register.close();
        recorded.close();
    }
}
