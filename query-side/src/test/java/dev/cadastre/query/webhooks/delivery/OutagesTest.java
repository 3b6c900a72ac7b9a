package dev.cadastre.query.webhooks.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadastre.events.webhook.WebhookEvent.WebhookChanged;
import dev.cadastre.events.webhook.WebhookEvent.WebhookEnded;
import dev.cadastre.events.webhook.WebhookEvent.WebhookPaused;
import dev.cadastre.events.webhook.WebhookEvent.WebhookResumed;
import dev.cadastre.events.webhook.WebhookFilter;
import dev.cadastre.query.histories.Estate;
import dev.cadastre.query.webhooks.delivery.DeliveryStatus.Phase;
import dev.cadastre.query.webhooks.endpoint.EndpointLimits;
import dev.cadastre.query.webhooks.model.DeliveryState;
import dev.cadastre.query.webhooks.model.RetryPolicy;
import dev.cadastre.query.webhooks.receivers.RawReceiver;
import dev.cadastre.query.webhooks.receivers.Receiver;
import dev.cadastre.query.webhooks.receivers.Receiver.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Receivers that fail for seconds, hours or days: nothing is lost, and the order is kept. */
class OutagesTest extends DeliveryCase {

    private Instant began;

    @Override
    EndpointLimits limits() {
        return Deliverer.IMPATIENT;
    }

    @BeforeEach
    void record() {
        began = deliverer.time().instant();
        Estate.record(deliverer.recorded());
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 404, 302, 503})
    void an_endpoint_that_fails_for_an_hour_misses_nothing(int status) {
        receiver.answering(Answer.status(status).with("Location", receiver.url()));
        deliverer.subscribe("w", receiver.url(), -1);

        int attempts = deliverer.failUntil("w", began.plus(Duration.ofHours(1)));

        assertThat(attempts).isBetween(8, 12);
        assertThat(receiver.attempts()).hasSize(attempts);
        DeliveryStatus failing = deliverer.await("w", Phase.FAILING);
        assertThat(failing.delivery().cursor()).isEqualTo(-1);
        assertThat(failing.lag()).isEqualTo(12);
        assertThat(failing.delivery().lastStatus()).isEqualTo(status);
        assertThat(failing.delivery().failure().firstAt()).isEqualTo(began);

        receiver.answering(Answer.TAKEN);
        deliverer.time().advanceTo(failing.delivery().failure().nextAttemptAt());

        receiver.awaitTaken(12);
        assertThat(receiver.positions()).containsExactlyElementsOf(upTo(11));
        DeliveryStatus well = deliverer.awaitAll("w");
        assertThat(well.phase()).isEqualTo(Phase.ACTIVE);
        assertThat(well.delivery().delivered()).isEqualTo(12);
    }

    @Test
    void an_endpoint_that_fails_for_three_days_is_given_up_and_can_be_resumed_without_a_loss()
            throws Exception {
        receiver.answering(Answer.status(500));
        deliverer.subscribe("w", receiver.url(), -1);
        deliverer.failUntil("w", began.plus(RetryPolicy.DEFAULT.giveUpAfter()));

        DeliveryStatus dead = deliverer.await("w", Phase.DEAD);
        int attempts = receiver.attempts().size();
        assertThat(attempts).isBetween(70, 100);
        assertThat(dead.delivery().deadSince()).isEqualTo(began.plus(Duration.ofDays(3)));
        assertThat(dead.delivery().failure().nextAttemptAt()).isNull();
        assertThat(dead.delivery().failure().error()).contains("500");

        receiver.answering(Answer.TAKEN);
        deliverer.time().advance(Duration.ofDays(30));
        deliverer.stop();
        deliverer.start();
        assertThat(deliverer.status("w").phase()).isEqualTo(Phase.DEAD);
        deliverer.record("w", new WebhookResumed(null));

        receiver.awaitTaken(13);
        assertThat(receiver.positions()).containsExactlyElementsOf(upTo(12));
        assertThat(receiver.attempts()).hasSize(attempts + 13);
        assertThat(deliverer.status("w").phase()).isEqualTo(Phase.ACTIVE);
    }

    @Test
    void an_outage_in_the_middle_holds_up_what_comes_after_it() {
        String fifth = deliverer.recorded().log().event(5).orElseThrow().envelope().id().toString();
        receiver.answering(id -> id.equals(fifth) ? Answer.status(500) : Answer.TAKEN);
        deliverer.subscribe("w", receiver.url(), -1);
        deliverer.awaitFailures("w", 1);
        assertThat(receiver.positions()).containsExactlyElementsOf(upTo(4));

        deliverer.failUntil("w", began.plus(Duration.ofMinutes(5)));
        assertThat(receiver.positions()).containsExactlyElementsOf(upTo(4));
        receiver.answering(Answer.TAKEN);
        deliverer.time().advance(Duration.ofHours(2));

        receiver.awaitTaken(12);
        assertThat(receiver.positions()).containsExactlyElementsOf(upTo(11));
    }

    @Test
    void an_endpoint_that_is_gone_is_given_up_at_once_until_it_is_resumed() throws Exception {
        receiver.answering(Answer.status(410));
        deliverer.subscribe("w", receiver.url(), -1);

        DeliveryStatus dead = deliverer.await("w", Phase.DEAD);
        assertThat(dead.delivery().deadSince()).isEqualTo(began);
        assertThat(dead.delivery().lastStatus()).isEqualTo(410);
        assertThat(dead.delivery().failure().error()).contains("410").contains("Resume");
        deliverer.time().advance(Duration.ofDays(10));
        assertThat(receiver.attempts()).hasSize(1);

        receiver.answering(Answer.TAKEN);
        deliverer.record("w", new WebhookResumed(null));
        receiver.awaitTaken(13);
        assertThat(receiver.positions()).containsExactlyElementsOf(upTo(12));
    }

    @Test
    void a_dead_webhook_can_be_resumed_from_a_position_of_ones_choice() {
        receiver.answering(Answer.status(410));
        deliverer.subscribe("w", receiver.url(), -1);
        deliverer.await("w", Phase.DEAD);

        receiver.answering(Answer.TAKEN);
        deliverer.record("w", new WebhookResumed(9L));

        receiver.awaitTaken(3);
        assertThat(receiver.positions()).containsExactly(10L, 11L, 12L);
    }

    @ParameterizedTest
    @CsvSource({
        "429, 120, 120",
        "503, 120, 120",
        "503, 0, 5",
        "503, 999999999, 259200",
        "503, 99999999999999999999, 5",
        "503, -1, 5",
        "503, soon, 5",
        "503, 'Sun, 01 Mar 2026 08:10:00 GMT', 600",
        "503, 'Sun, 01 Mar 2020 08:10:00 GMT', 5",
        "500, 60, 60"
    })
    void an_endpoint_may_say_when_to_come_back_within_bounds(
            int status, String asked, long seconds) {
        receiver.answering(Answer.status(status).with("Retry-After", asked));
        deliverer.subscribe("w", receiver.url(), -1);

        Instant next = deliverer.awaitFailures("w", 1).nextAttemptAt();

        assertThat(next).isEqualTo(began.plusSeconds(seconds));
        deliverer.time().advanceTo(next.minusNanos(1));
        assertThat(receiver.attempts()).hasSize(1);
        receiver.answering(Answer.TAKEN);
        deliverer.time().advanceTo(next);
        assertThat(receiver.awaitTaken(12)).hasSize(12);
    }

    @Test
    void an_endpoint_that_hangs_delays_nobody_else() throws Exception {
        try (RawReceiver hanging = RawReceiver.start(RawReceiver.silence())) {
            for (int i = 0; i < 30; i++) {
                deliverer.subscribe("hanging-" + i, hanging.url(), -1);
            }
            deliverer.subscribe("well", receiver.url(), -1);

            receiver.awaitTaken(42);

            assertThat(receiver.positions()).containsExactlyElementsOf(upTo(41));
            assertThat(deliverer.awaitFailures("hanging-0", 1).error())
                    .isEqualTo("It did not answer within 300 ms.");
            assertThat(deliverer.status("well").phase()).isEqualTo(Phase.ACTIVE);
        }
    }

    @Test
    void an_endpoint_at_a_new_address_is_tried_at_once() throws Exception {
        receiver.answering(Answer.status(500));
        deliverer.subscribe("w", receiver.url(), -1);
        deliverer.awaitFailures("w", 1);
        try (Receiver other = Receiver.start()) {
            deliverer.record("w", new WebhookChanged(null, other.url(), WebhookFilter.ALL));

            other.awaitTaken(13);

            assertThat(other.positions()).containsExactlyElementsOf(upTo(12));
            assertThat(receiver.attempts()).hasSize(1);
        }
    }

    @Test
    void a_failure_is_over_once_the_filter_leaves_out_what_failed() throws Exception {
        receiver.answering(Answer.status(500));
        deliverer.subscribe("w", receiver.url(), -1);
        Instant next = deliverer.awaitFailures("w", 1).nextAttemptAt();
        deliverer.record(
                "w",
                new WebhookChanged(
                        null,
                        receiver.url(),
                        new WebhookFilter(List.of("snapshot.*"), List.of(), List.of(), Map.of())));
        deliverer.status("w");
        deliverer.time().advanceTo(next);

        DeliveryState passed = deliverer.await("w", Phase.ACTIVE).delivery();

        assertThat(passed.failure()).isNull();
        assertThat(passed.delivered()).isZero();
        assertThat(receiver.attempts()).hasSize(1);
    }

    @Test
    void nothing_is_sent_while_a_webhook_is_paused_and_nothing_is_missing_afterwards()
            throws Exception {
        deliverer.subscribe("w", receiver.url(), -1);
        receiver.awaitTaken(12);
        deliverer.record("w", new WebhookPaused());
        deliverer.await("w", Phase.PAUSED);
        int before = receiver.attempts().size();
        deliverer.recordChanges(40);
        deliverer.time().advance(Duration.ofDays(5));
        assertThat(deliverer.status("w").phase()).isEqualTo(Phase.PAUSED);
        assertThat(receiver.attempts()).hasSizeLessThanOrEqualTo(before + 1);

        deliverer.record("w", new WebhookResumed(null));
        long last = deliverer.lastPosition();

        receiver.awaitTaken((int) last + 1);
        assertThat(receiver.positions()).containsExactlyElementsOf(upTo(last));
    }

    @Test
    void nothing_is_sent_once_a_webhook_has_ended_and_nothing_is_kept_of_it() throws Exception {
        receiver.answering(Answer.status(500));
        deliverer.subscribe("w", receiver.url(), -1);
        deliverer.awaitFailures("w", 1);
        await().untilAsserted(() -> assertThat(deliverer.cursors()).isNotEmptyDirectory());

        deliverer.record("w", new WebhookEnded());

        assertThat(deliverer.knows("w")).isFalse();
        await().untilAsserted(() -> assertThat(deliverer.cursors()).isEmptyDirectory());
        deliverer.time().advance(Duration.ofDays(5));
        deliverer.stop();
        deliverer.start();
        assertThat(deliverer.knows("w")).isFalse();
        assertThat(receiver.attempts()).hasSize(1);
    }
}
