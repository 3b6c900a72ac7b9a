package dev.cadastre.query.webhooks.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.events.webhook.WebhookEvent.WebhookSecretRolled;
import dev.cadastre.query.histories.Estate;
import dev.cadastre.query.webhooks.receivers.Receiver.Answer;
import dev.cadastre.query.webhooks.receivers.Receiver.Attempt;
import dev.cadastre.query.webhooks.receivers.StandardWebhook;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a receiver can check of a message by itself. */
class SignedDeliveriesTest extends DeliveryCase {

    private static final long DAY = 86_400;

    @Test
    void a_message_is_signed_by_the_secret_of_its_subscription_and_by_no_other() throws Exception {
        Estate.record(deliverer.recorded());
        deliverer.subscribe("büro/1", receiver.url(), -1);

        for (Attempt attempt : receiver.awaitTaken(12)) {
            assertThat(StandardWebhook.signatures(attempt)).isEqualTo(1);
            assertThat(signedBy("büro/1", 0, attempt)).containsExactly(0);
            assertThat(signedBy("büro/1", 1, attempt)).isEmpty();
            assertThat(signedBy("büro", 0, attempt)).isEmpty();
        }
    }

    @Test
    void a_message_that_was_altered_on_its_way_is_told() throws Exception {
        deliverer.subscribe("w", receiver.url(), -1);
        Attempt sent = receiver.awaitTaken(1).getFirst();
        byte[] altered = sent.body().clone();
        altered[altered.length - 2] ^= 1;

        assertThat(
                        signedBy(
                                "w",
                                0,
                                new Attempt(
                                        sent.headers(), sent.target(), altered, sent.answered())))
                .isEmpty();
    }

    @Test
    void a_message_says_what_it_is() throws Exception {
        deliverer.subscribe("w", receiver.url(), -1);

        Attempt sent = receiver.awaitTaken(1).getFirst();

        assertThat(sent.target()).isEqualTo("/in");
        assertThat(sent.header("content-type")).isEqualTo("application/cloudevents+json");
        assertThat(sent.header("webhook-id")).isEqualTo(sent.event().get("id").stringValue());
        assertThat(sent.header("webhook-timestamp"))
                .isEqualTo(Long.toString(deliverer.time().instant().getEpochSecond()));
        assertThat(sent.header("user-agent")).isEqualTo("cadastre-webhooks");
        assertThat(sent.headers()).doesNotContainKeys("Cookie", "Authorization");
    }

    @Test
    void an_event_keeps_its_id_and_its_bytes_over_all_attempts_and_each_attempt_has_its_time()
            throws Exception {
        receiver.answering(Answer.status(500));
        deliverer.subscribe("w", receiver.url(), -1);
        Instant next = deliverer.awaitFailures("w", 1).nextAttemptAt();
        deliverer.time().advanceTo(next);
        next = deliverer.awaitFailures("w", 2).nextAttemptAt();
        receiver.answering(Answer.TAKEN);
        deliverer.time().advanceTo(next);
        receiver.awaitTaken(1);

        List<Attempt> attempts = receiver.attempts();

        assertThat(attempts).hasSize(3);
        assertThat(attempts)
                .extracting(attempt -> attempt.header("webhook-id"))
                .containsOnly(id(0));
        assertThat(attempts).extracting(Attempt::body).containsOnly(attempts.getFirst().body());
        assertThat(attempts)
                .extracting(attempt -> Long.valueOf(attempt.header("webhook-timestamp")))
                .isSorted()
                .doesNotHaveDuplicates();
        for (Attempt attempt : attempts) {
            assertThat(signedBy("w", 0, attempt)).containsExactly(0);
        }
    }

    @Test
    void two_subscriptions_get_an_event_under_one_id_with_signatures_of_their_own()
            throws Exception {
        deliverer.subscribe("a", receiver.url(), -1);
        Attempt first = receiver.awaitTaken(1).getFirst();
        deliverer.subscribe("b", receiver.url(), -1);
        receiver.awaitTaken(4);

        Attempt second =
                receiver.taken().stream()
                        .skip(1)
                        .filter(attempt -> attempt.header("webhook-id").equals(id(0)))
                        .findFirst()
                        .orElseThrow();

        assertThat(second.body()).isEqualTo(first.body());
        assertThat(signedBy("a", 0, first)).containsExactly(0);
        assertThat(signedBy("b", 0, first)).isEmpty();
        assertThat(signedBy("b", 0, second)).containsExactly(0);
    }

    @Test
    void for_a_while_after_a_roll_the_old_secret_signs_as_well_and_then_no_more() throws Exception {
        deliverer.subscribe("w", receiver.url(), -1);
        receiver.awaitTaken(1);
        deliverer.record("w", new WebhookSecretRolled(1, DAY));

        Attempt within = receiver.awaitTaken(2).getLast();
        assertThat(StandardWebhook.signatures(within)).isEqualTo(2);
        assertThat(signedBy("w", 1, within)).containsExactly(0);
        assertThat(signedBy("w", 0, within)).containsExactly(1);

        deliverer.time().advance(Duration.ofSeconds(DAY).minusMillis(1));
        Estate.record(deliverer.recorded());
        Attempt last = receiver.awaitTaken(13).getLast();
        assertThat(StandardWebhook.signatures(last)).isEqualTo(2);

        deliverer.time().advance(Duration.ofSeconds(1));
        deliverer.recordChanges(1);
        Attempt after = receiver.awaitTaken(14).getLast();
        assertThat(StandardWebhook.signatures(after)).isEqualTo(1);
        assertThat(signedBy("w", 1, after)).containsExactly(0);
        assertThat(signedBy("w", 0, after)).isEmpty();
    }

    @Test
    void a_secret_that_leaked_signs_nothing_from_the_roll_on() throws Exception {
        deliverer.subscribe("w", receiver.url(), -1);
        receiver.awaitTaken(1);
        deliverer.record("w", new WebhookSecretRolled(1, 0));

        Attempt rolled = receiver.awaitTaken(2).getLast();

        assertThat(StandardWebhook.signatures(rolled)).isEqualTo(1);
        assertThat(signedBy("w", 1, rolled)).containsExactly(0);
        assertThat(signedBy("w", 0, rolled)).isEmpty();
    }

    private List<Integer> signedBy(String subscription, int generation, Attempt attempt)
            throws Exception {
        return StandardWebhook.signedBy(deliverer.secret(subscription, generation), attempt);
    }

    private String id(long position) {
        return deliverer.recorded().log().event(position).orElseThrow().envelope().id().toString();
    }
}
