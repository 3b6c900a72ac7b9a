package dev.cadastre.query.webhooks.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadastre.events.webhook.WebhookEvent.WebhookEnded;
import dev.cadastre.events.webhook.WebhookEvent.WebhookResumed;
import dev.cadastre.query.histories.Estate;
import dev.cadastre.query.webhooks.delivery.DeliveryStatus.Phase;
import dev.cadastre.query.webhooks.receivers.RawReceiver;
import dev.cadastre.query.webhooks.receivers.Receiver.Answer;
import dev.cadastre.query.webhooks.receivers.Receiver.Attempt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Deliveries that are stopped, cut off or put back, and go on from what was kept. */
class RestartsTest extends DeliveryCase {

    @Test
    void a_stop_in_between_loses_nothing_and_repeats_nothing() {
        Estate.record(deliverer.recorded());
        deliverer.subscribe("w", receiver.url(), -1);
        receiver.awaitTaken(12);
        deliverer.awaitAll("w");
        deliverer.stop();
        deliverer.recordChanges(100);
        deliverer.start();

        receiver.awaitTaken(112);
        deliverer.awaitAll("w");

        assertThat(receiver.positions()).containsExactlyElementsOf(upTo(111));
    }

    @Test
    void a_stop_cuts_off_what_is_under_way_and_sends_it_again_later() throws Exception {
        try (RawReceiver hanging = RawReceiver.start(RawReceiver.silence())) {
            deliverer.subscribe("w", hanging.url(), -1);
            await().until(() -> hanging.open() == 1);
            long began = System.nanoTime();

            deliverer.stop();

            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .isLessThan(Duration.ofSeconds(5));
            deliverer.start();
            await().until(() -> hanging.accepted() == 2);
            assertThat(deliverer.status("w").delivery().failure()).isNull();
        }
    }

    @Test
    void after_a_crash_at_most_so_many_deliveries_are_repeated_in_order_under_the_same_ids()
            throws Exception {
        Path crashed = directory.resolve("kept-at-the-crash");
        deliverer.subscribe("w", receiver.url(), -1);
        receiver.awaitTaken(1);
        deliverer.awaitAll("w");
        int keptAfter = KeptState.UNSAVED_DELIVERIES * 2;
        receiver.answering(
                id -> {
                    // What a crash at this moment would leave is what is found on disk now.
                    if (receiver.attempts().size() == keptAfter + 20) {
                        copy(deliverer.cursors(), crashed);
                    }
                    return Answer.TAKEN;
                });
        deliverer.recordChanges(150);
        receiver.awaitTaken(151);
        deliverer.stop();
        copy(crashed, deliverer.cursors());
        List<Attempt> before = receiver.taken();
        deliverer.start();

        deliverer.awaitAll("w");

        List<Attempt> all = receiver.taken();
        List<Long> repeated =
                all.subList(before.size(), all.size()).stream().map(Attempt::position).toList();
        assertThat(repeated)
                .isEqualTo(LongStream.rangeClosed(repeated.getFirst(), 150).boxed().toList());
        assertThat(keptAfter + 20 - repeated.getFirst())
                .isBetween(0L, (long) KeptState.UNSAVED_DELIVERIES);
        assertThat(new LinkedHashSet<>(ids(all))).containsExactlyElementsOf(ids(before));
    }

    @Test
    void a_failure_outlives_a_stop_and_is_not_tried_before_its_time() throws Exception {
        receiver.answering(Answer.status(500));
        deliverer.subscribe("w", receiver.url(), -1);
        Instant next = deliverer.awaitFailures("w", 1).nextAttemptAt();
        deliverer.stop();
        deliverer.start();

        assertThat(deliverer.status("w").delivery().failure().nextAttemptAt()).isEqualTo(next);
        deliverer.time().advanceTo(next);
        assertThat(deliverer.awaitFailures("w", 2).attempts()).isEqualTo(2);
        assertThat(receiver.attempts()).hasSize(2);
    }

    @Test
    void a_webhook_that_was_resumed_while_nobody_delivered_goes_on() {
        receiver.answering(Answer.status(410));
        deliverer.subscribe("w", receiver.url(), -1);
        deliverer.await("w", Phase.DEAD);
        deliverer.stop();
        deliverer.record("w", new WebhookResumed(null));
        receiver.answering(Answer.TAKEN);
        deliverer.start();

        receiver.awaitTaken(2);

        assertThat(receiver.positions()).containsExactly(0L, 1L);
    }

    @Test
    void a_resumption_is_obeyed_once_also_over_restarts() {
        Estate.record(deliverer.recorded());
        deliverer.subscribe("w", receiver.url(), -1);
        receiver.awaitTaken(12);
        deliverer.record("w", new WebhookResumed(9L));
        receiver.awaitTaken(15);
        deliverer.awaitAll("w");
        deliverer.stop();
        deliverer.start();
        deliverer.recordChanges(1);

        receiver.awaitTaken(16);

        assertThat(receiver.positions().subList(12, 16)).containsExactly(10L, 11L, 12L, 13L);
    }

    @Test
    void a_webhook_that_ended_while_nobody_delivered_is_forgotten() throws Exception {
        deliverer.subscribe("w", receiver.url(), -1);
        receiver.awaitTaken(1);
        deliverer.awaitAll("w");
        deliverer.stop();
        assertThat(deliverer.cursors()).isNotEmptyDirectory();
        deliverer.record("w", new WebhookEnded());
        deliverer.start();

        assertThat(deliverer.knows("w")).isFalse();
        assertThat(deliverer.cursors()).isEmptyDirectory();
        assertThat(receiver.attempts()).hasSize(1);
    }

    @Test
    void a_cursor_of_another_log_is_not_believed() throws Exception {
        Estate.record(deliverer.recorded());
        deliverer.subscribe("w", receiver.url(), -1);
        receiver.awaitTaken(12);
        deliverer.awaitAll("w");
        deliverer.stop();
        Path other = directory.resolve("other");
        try (Deliverer stranger = Deliverer.start(other)) {
            stranger.stop();
            copy(deliverer.cursors(), stranger.cursors());
            Estate.record(stranger.recorded());
            stranger.subscribe("w", receiver.url(), -1);
            stranger.start();

            DeliveryStatus dead = stranger.await("w", Phase.DEAD);

            assertThat(dead.delivery().failure().error()).contains("another log");
            stranger.record("w", new WebhookResumed(10L));
            receiver.awaitTaken(14);
            assertThat(receiver.positions().subList(12, 14)).containsExactly(11L, 12L);
        }
        deliverer.start();
    }

    @Test
    void a_webhook_can_be_resumed_in_an_older_copy_of_the_log_that_lacks_earlier_resumptions()
            throws Exception {
        Estate.record(deliverer.recorded());
        deliverer.subscribe("w", receiver.url(), -1);
        deliverer.recordChanges(20);
        deliverer.record("w", new WebhookResumed(30L));
        deliverer.awaitAll("w");
        deliverer.stop();
        try (Deliverer older = Deliverer.stopped(directory.resolve("older"))) {
            copy(deliverer.cursors(), older.cursors());
            Estate.record(older.recorded());
            older.subscribe("w", receiver.url(), -1);
            older.start();
            older.await("w", Phase.DEAD);
            int before = receiver.taken().size();

            older.record("w", new WebhookResumed(10L));

            receiver.awaitTaken(before + 2);
            assertThat(receiver.positions().subList(before, before + 2)).containsExactly(11L, 12L);
        }
        deliverer.start();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 50})
    void where_it_was_to_begin_in_another_log_is_not_believed_either(int more) throws Exception {
        receiver.answering(Answer.status(500));
        deliverer.recordChanges(20);
        deliverer.subscribe("w", receiver.url(), 20);
        deliverer.recordChanges(1);
        deliverer.awaitFailures("w", 1);
        deliverer.stop();
        receiver.answering(Answer.TAKEN);
        try (Deliverer other = Deliverer.stopped(directory.resolve("other"))) {
            copy(deliverer.cursors(), other.cursors());
            other.subscribe("w", receiver.url(), 0);
            other.recordChanges(5 + more);
            other.time().advance(Duration.ofDays(1));
            other.start();

            DeliveryStatus dead = other.await("w", Phase.DEAD);

            assertThat(dead.delivery().failure().error()).contains("another log");
        }
        deliverer.start();
    }

    @Test
    void a_damaged_cursor_holds_up_its_webhook_and_says_so() throws Exception {
        Estate.record(deliverer.recorded());
        deliverer.subscribe("w", receiver.url(), -1);
        deliverer.subscribe("well", receiver.url(), deliverer.lastPosition());
        receiver.awaitTaken(13);
        deliverer.awaitAll("w");
        deliverer.stop();
        for (Path file : Files.newDirectoryStream(deliverer.cursors())) {
            if (Files.readString(file).contains("\"w\"")) {
                Files.writeString(file, Files.readString(file).substring(0, 40));
            }
        }
        deliverer.start();

        DeliveryStatus dead = deliverer.await("w", Phase.DEAD);

        assertThat(dead.delivery().failure().error()).contains("damaged").contains("Restore");
        assertThat(deliverer.status("well").phase()).isEqualTo(Phase.ACTIVE);
        deliverer.record("w", new WebhookResumed(null));
        deliverer.await("w", status -> status.phase() == Phase.ACTIVE && status.lag() == 0);
        assertThat(receiver.positions().subList(13, receiver.positions().size()))
                .containsSubsequence(upTo(13));
    }

    private static List<String> ids(List<Attempt> attempts) {
        return attempts.stream().map(attempt -> attempt.header("webhook-id")).toList();
    }

    private static void copy(Path from, Path to) {
        try {
            Files.createDirectories(to);
            try (var files = Files.newDirectoryStream(from, "*.json")) {
                for (Path file : files) {
                    Files.write(to.resolve(file.getFileName()), Files.readAllBytes(file));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
