package dev.cadastre.query.webhooks.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.events.webhook.WebhookEvent.WebhookPaused;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.query.histories.Estate;
import dev.cadastre.query.shared.claims.Claim;
import dev.cadastre.query.webhooks.delivery.DeliveryStatus.Phase;
import dev.cadastre.query.webhooks.receivers.Receiver;
import dev.cadastre.query.webhooks.state.FileDeliveryStates;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong on this side is told, loses nothing, and is no endpoint's fault. */
class FaultsTest {

    @TempDir Path directory;

    @Test
    void cursors_that_cannot_be_kept_hold_deliveries_up_until_they_can() throws Exception {
        try (Receiver receiver = Receiver.start();
                Deliverer deliverer = Deliverer.start(directory)) {
            Files.delete(deliverer.cursors());
            Estate.record(deliverer.recorded());
            deliverer.subscribe("w", receiver.url(), -1);

            DeliveryStatus failing = deliverer.await("w", Phase.FAILING);
            assertThat(failing.fault()).contains("cannot write");
            assertThat(failing.delivery().failure()).isNull();
            int attempts = receiver.awaitTaken(12).size();
            deliverer.recordChanges(1);
            assertThat(deliverer.status("w").phase()).isEqualTo(Phase.FAILING);
            assertThat(receiver.attempts()).hasSize(attempts);

            Files.createDirectory(deliverer.cursors());
            deliverer.time().advance(Duration.ofSeconds(10));

            assertThat(deliverer.awaitAll("w").delivery().delivered()).isEqualTo(13);
            assertThat(deliverer.await("w", Phase.ACTIVE).fault()).isNull();
            assertThat(deliverer.cursors()).isNotEmptyDirectory();
            assertThat(receiver.positions())
                    .containsExactlyElementsOf(LongStream.rangeClosed(0, 12).boxed().toList());
        }
    }

    @Test
    void a_webhook_that_cannot_be_read_says_so_and_holds_up_no_other_one() throws Exception {
        Set<String> unreadable = ConcurrentHashMap.newKeySet();
        try (Receiver receiver = Receiver.start();
                Receiver other = Receiver.start();
                Deliverer deliverer = Deliverer.stopped(directory);
                WebhookDeliveries deliveries =
                        deliverer.process(
                                without(unreadable, deliverer.recorded().log()),
                                FileDeliveryStates.in(deliverer.cursors()),
                                Claim.ALWAYS)) {
            deliverer.subscribe("sick", receiver.url(), -1);
            deliverer.subscribe("well", other.url(), -1);
            receiver.awaitTaken(2);
            unreadable.add("webhook:sick");
            unreadable.add("webhook:new");

            deliverer.record("sick", new WebhookPaused());
            deliverer.subscribe("new", receiver.url(), -1);
            deliverer.recordChanges(5);

            other.awaitTaken(9);
            assertThat(deliveries.find("well").orElseThrow().phase()).isEqualTo(Phase.ACTIVE);
            DeliveryStatus sick = deliveries.find("sick").orElseThrow();
            assertThat(sick.phase()).isEqualTo(Phase.FAILING);
            assertThat(sick.fault()).contains("cannot be read from the log");
            assertThat(deliveries.isUnread("new")).isTrue();
            // It may have been paused, or sent elsewhere, before these events.
            assertThat(receiver.attempts()).hasSize(2);

            unreadable.clear();

            receiver.awaitTaken(11);
            assertThat(deliveries.isUnread("new")).isFalse();
            assertThat(deliveries.find("sick").orElseThrow().phase()).isEqualTo(Phase.PAUSED);
        }
    }

    /** The log, but for some streams, which throw. */
    private static EventLog without(Set<String> unreadable, EventLog log) {
        return (EventLog)
                Proxy.newProxyInstance(
                        EventLog.class.getClassLoader(),
                        new Class<?>[] {EventLog.class},
                        (_, method, arguments) -> {
                            if (method.getName().equals("stream")
                                    && unreadable.contains(arguments[0])) {
                                throw new IllegalStateException("it is damaged");
                            }
                            return method.invoke(log, arguments);
                        });
    }

    @Test
    void an_alarm_rings_at_its_time_and_never_once_it_is_closed() throws Exception {
        Clock clock = Clock.systemUTC();
        CountDownLatch rung = new CountDownLatch(2);
        CountDownLatch never = new CountDownLatch(1);
        try (Alarm alarm = Alarm.by(clock)) {
            var instant = clock.instant().plusMillis(50);
            alarm.at(
                    instant,
                    () -> {
                        if (!clock.instant().isBefore(instant)) {
                            rung.countDown();
                        }
                    });
            alarm.at(clock.instant().minusSeconds(1), rung::countDown);
            alarm.at(clock.instant().plusMillis(500), never::countDown);

            assertThat(rung.await(10, TimeUnit.SECONDS)).isTrue();
            alarm.close();
            alarm.at(clock.instant(), never::countDown);

            assertThat(never.await(600, TimeUnit.MILLISECONDS)).isFalse();
        }
    }
}
