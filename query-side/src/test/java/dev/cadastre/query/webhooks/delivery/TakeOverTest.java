package dev.cadastre.query.webhooks.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.ConnectionString;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.model.Updates;
import dev.cadastre.events.webhook.WebhookEvent.WebhookEnded;
import dev.cadastre.events.webhook.WebhookEvent.WebhookResumed;
import dev.cadastre.events.webhook.WebhookFilter;
import dev.cadastre.eventstore.mongodb.FaultyConnection;
import dev.cadastre.eventstore.mongodb.FaultyConnection.Fault;
import dev.cadastre.eventstore.mongodb.MongoServers;
import dev.cadastre.eventstore.mongodb.TestServer;
import dev.cadastre.eventstore.mongodb.TestServer.TestDatabase;
import dev.cadastre.query.histories.AnyMongoServer;
import dev.cadastre.query.shared.mongodb.MongoClaim;
import dev.cadastre.query.shared.mongodb.SharedDatabase;
import dev.cadastre.query.webhooks.delivery.DeliveryStatus.Phase;
import dev.cadastre.query.webhooks.mongodb.MongoDeliveryStates;
import dev.cadastre.query.webhooks.receivers.Receiver;
import dev.cadastre.query.webhooks.receivers.Receiver.Answer;
import dev.cadastre.query.webhooks.receivers.Receiver.Attempt;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several processes on one log and one database, of which one delivers. */
class TakeOverTest {

    private static final Duration SHORT = Duration.ofMillis(1_500);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration WAIT = Duration.ofSeconds(20);

    @TempDir Path directory;

    private TestServer server;
    private TestDatabase database;
    private Receiver receiver;
    private Deliverer deliverer;
    private final List<Process> processes = new ArrayList<>();

    /** What a process has of its own. */
    private final class Process {

        private final MongoClient client;
        private final MortalClaim claim;
        private final WebhookDeliveries deliveries;

        private Process(Duration lease) {
            this(database.uri(), lease);
        }

        private Process(String uri, Duration lease) {
            client = MongoClients.create(uri);
            String name = new ConnectionString(uri).getDatabase();
            SharedDatabase shared = SharedDatabase.of(client.getDatabase(name));
            claim = new MortalClaim(new MongoClaim(shared, "webhooks", lease));
            deliveries =
                    deliverer.process(
                            deliverer.recorded().log(), new MongoDeliveryStates(shared), claim);
            processes.add(this);
        }

        private DeliveryStatus await(Predicate<DeliveryStatus> like) {
            return Awaitility.await()
                    .atMost(WAIT)
                    .until(
                            () -> deliveries.find("w").orElse(null),
                            status -> status != null && like.test(status));
        }

        private void awaitHolding() {
            Awaitility.await().atMost(WAIT).until(() -> claim.epoch().isPresent());
        }
    }

    @BeforeEach
    void start() throws Exception {
        server = AnyMongoServer.start();
        database = server.freshDatabase();
        receiver = Receiver.start();
        deliverer = Deliverer.stopped(directory);
    }

    @AfterEach
    void stop() {
        processes.forEach(process -> process.deliveries.close());
        processes.forEach(process -> process.client.close());
        deliverer.close();
        receiver.close();
        database.close();
        server.close();
    }

    private Process holder(Duration lease) {
        Process holder = new Process(lease);
        holder.awaitHolding();
        return holder;
    }

    @Test
    void one_delivers_and_all_tell_how_deliveries_fare() {
        Process holder = holder(HOUR);
        Process other = new Process(HOUR);
        deliverer.subscribe("w", receiver.url(), -1);
        deliverer.recordChanges(99);

        for (Process process : List.of(holder, other)) {
            DeliveryStatus status = process.await(it -> it.lag() == 0);
            assertThat(status.delivery().delivered()).isEqualTo(100);
            assertThat(status.phase()).isEqualTo(Phase.ACTIVE);
        }
        assertThat(receiver.positions()).containsExactlyElementsOf(DeliveryCase.upTo(99));
        assertThat(other.claim.epoch()).isEmpty();
    }

    @Test
    void what_the_filter_leaves_out_is_told_by_all_too() {
        Process holder = holder(HOUR);
        Process other = new Process(HOUR);
        deliverer.subscribe(
                "w",
                receiver.url(),
                new WebhookFilter(List.of("asset.*"), List.of(), List.of(), Map.of()),
                -1);
        deliverer.recordChanges(20);

        holder.await(it -> it.lag() == 0);
        other.await(it -> it.lag() == 0);
        assertThat(receiver.attempts()).isEmpty();
    }

    @Test
    void when_the_deliverer_dies_another_goes_on_and_leaves_nothing_out() {
        Process holder = holder(SHORT);
        Process other = new Process(SHORT);
        deliverer.subscribe("w", receiver.url(), -1);
        deliverer.recordChanges(99);
        receiver.awaitTaken(75);
        holder.claim.die();
        deliverer.recordChanges(50);

        other.await(it -> it.lag() == 0);

        assertEachTakenInOrder(149, KeptState.UNSAVED_DELIVERIES + 1);
    }

    @Test
    void a_deliverer_that_stood_still_sends_no_more_than_what_was_on_its_way() throws Exception {
        Process sleeper = holder(SHORT);
        Process other = new Process(SHORT);
        deliverer.subscribe("w", receiver.url(), -1);
        deliverer.recordChanges(40);
        sleeper.await(it -> it.lag() == 0);
        CountDownLatch asleep = new CountDownLatch(1);
        CountDownLatch awake = new CountDownLatch(1);
        receiver.answering(
                _ -> {
                    if (asleep.getCount() > 0) {
                        asleep.countDown();
                        waitFor(awake);
                    }
                    return Answer.TAKEN;
                });
        deliverer.recordChanges(1);
        waitFor(asleep);
        sleeper.claim.pause();
        deliverer.recordChanges(20);

        other.await(it -> it.lag() == 0 && it.delivery().delivered() == 62);
        List<Attempt> meanwhile = receiver.attempts();
        awake.countDown();
        sleeper.claim.resume();

        List<Attempt> all = receiver.awaitAttempts(meanwhile.size() + 1);
        assertThat(all.getLast().position()).isEqualTo(41);
        deliverer.recordChanges(20);
        other.await(it -> it.lag() == 0 && it.delivery().delivered() == 82);
        sleeper.await(it -> it.lag() == 0 && it.delivery().delivered() == 82);
        assertThat(receiver.attempts()).hasSize(meanwhile.size() + 1 + 20);
        assertThat(new LinkedHashSet<>(receiver.positions()))
                .containsExactlyElementsOf(DeliveryCase.upTo(81));
    }

    @Test
    void who_stops_hands_over_at_once_and_nothing_comes_twice() {
        Process first = holder(HOUR);
        Process other = new Process(Duration.ofSeconds(5));
        deliverer.subscribe("w", receiver.url(), -1);
        deliverer.recordChanges(49);
        first.await(it -> it.lag() == 0);
        first.deliveries.close();
        deliverer.recordChanges(50);

        other.await(it -> it.lag() == 0);

        assertThat(receiver.positions()).containsExactlyElementsOf(DeliveryCase.upTo(99));
    }

    @Test
    void a_webhook_that_is_given_up_reads_so_everywhere_and_is_resumed_whoever_delivers() {
        Process holder = holder(SHORT);
        Process other = new Process(SHORT);
        receiver.answering(Answer.status(410));
        deliverer.subscribe("w", receiver.url(), -1);
        DeliveryStatus dead = holder.await(it -> it.phase() == Phase.DEAD);
        assertThat(other.await(it -> it.phase() == Phase.DEAD).delivery())
                .isEqualTo(dead.delivery());
        holder.claim.die();
        receiver.answering(Answer.TAKEN);
        deliverer.record("w", new WebhookResumed(null));

        DeliveryStatus resumed = other.await(it -> it.lag() == 0);

        assertThat(resumed.phase()).isEqualTo(Phase.ACTIVE);
        assertThat(receiver.positions()).containsExactly(0L, 1L);
    }

    @Test
    void a_cursor_that_the_log_does_not_show_is_waited_for_before_it_is_not_believed() {
        Process former = holder(HOUR);
        deliverer.subscribe("w", receiver.url(), -1);
        deliverer.recordChanges(4);
        former.await(it -> it.lag() == 0);
        former.deliveries.close();
        former.client
                .getDatabase(database.name())
                .getCollection("webhook_deliveries")
                .updateOne(new Document("_id", "w"), Updates.set("cursor", 100L));

        Process next = holder(HOUR);
        Process other = new Process(HOUR);
        DeliveryStatus waiting = next.await(it -> it.phase() == Phase.FAILING);
        assertThat(waiting.fault()).contains("does not show position 100 yet");
        deliverer.time().advance(Duration.ofSeconds(10));

        for (Process process : List.of(next, other)) {
            DeliveryStatus dead = process.await(it -> it.phase() == Phase.DEAD);
            assertThat(dead.delivery().failure().error()).contains("another log");
        }
        assertThat(receiver.attempts()).hasSize(5);
    }

    @Test
    void while_the_database_is_away_little_is_sent_and_afterwards_nothing_is_missing()
            throws Exception {
        try (TestServer emulator = MongoServers.emulator();
                TestDatabase own = emulator.freshDatabase();
                FaultyConnection network = new FaultyConnection(own.uri())) {
            Process alone = new Process(network.uri() + "?serverSelectionTimeoutMS=300", SHORT);
            alone.awaitHolding();
            deliverer.subscribe("w", receiver.url(), -1);
            deliverer.recordChanges(40);
            alone.await(it -> it.lag() == 0);
            for (Fault fault : List.of(Fault.ANSWERS_LOST, Fault.DOWN)) {
                int before = receiver.attempts().size();
                network.set(fault);
                deliverer.recordChanges(100);
                Awaitility.await()
                        .atMost(WAIT)
                        .untilAsserted(
                                () ->
                                        assertThatThrownBy(() -> alone.deliveries.find("w"))
                                                .isInstanceOf(UncheckedIOException.class)
                                                .hasMessageContaining("where deliveries stand"));
                assertThat(receiver.attempts().size() - before)
                        .isLessThanOrEqualTo(KeptState.UNSAVED_DELIVERIES + 1);

                network.set(Fault.NONE);
                alone.awaitHolding();
                deliverer.time().advance(Duration.ofSeconds(10));
                alone.await(it -> it.lag() == 0);
            }
            assertEachTakenInOrder(240, 2 * (KeptState.UNSAVED_DELIVERIES + 1));
            alone.deliveries.close();
        }
    }

    @Test
    void a_webhook_that_ended_is_forgotten_by_whoever_delivers_next() {
        Process holder = holder(SHORT);
        Process other = new Process(SHORT);
        deliverer.subscribe("w", receiver.url(), -1);
        holder.await(it -> it.lag() == 0);
        holder.claim.die();
        deliverer.record("w", new WebhookEnded());

        Awaitility.await().atMost(WAIT).until(() -> documents() == 0);
        assertThat(other.deliveries.find("w")).isEmpty();
    }

    private long documents() {
        return processes
                .getFirst()
                .client
                .getDatabase(database.name())
                .getCollection("webhook_deliveries")
                .countDocuments();
    }

    /** Each event came for the first time after the one before it, and few came again. */
    private void assertEachTakenInOrder(long last, int repeated) {
        List<Long> positions = receiver.positions();
        assertThat(new LinkedHashSet<>(positions))
                .containsExactlyElementsOf(DeliveryCase.upTo(last));
        assertThat(positions.size() - (last + 1)).isBetween(0L, (long) repeated);
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            assertThat(latch.await(WAIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
