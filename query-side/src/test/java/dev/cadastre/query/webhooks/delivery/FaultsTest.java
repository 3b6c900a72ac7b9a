package dev.cadastre.query.webhooks.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.query.histories.Estate;
import dev.cadastre.query.webhooks.delivery.DeliveryStatus.Phase;
import dev.cadastre.query.webhooks.receivers.Receiver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
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
