package dev.cadastre.query.webhooks.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.query.webhooks.model.DeliveryState;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every store of delivery states does. An adapter's test says how to open one. */
public abstract class DeliveryStatesConformance {

    protected static final Instant NOW = Instant.parse("2026-01-12T00:00:00.000000001Z");
    protected static final DeliveryState FRESH =
            new DeliveryState(-1, null, -1, 0, null, null, null, null);
    protected static final DeliveryState ACTIVE =
            FRESH.delivered(7, UUID.fromString("019b0000-0000-7000-8000-000000000007"), 204, NOW);
    protected static final long EPOCH = 3;

    /** Opens the store of this test, as a process does that is started. */
    protected abstract DeliveryStates open();

    @Test
    void nothing_is_known_of_a_subscription_at_first() {
        assertThat(open().find("w")).isEmpty();
        assertThat(open().take("w", EPOCH)).isEmpty();
        assertThat(open().find("w")).isEmpty();
    }

    @Test
    void what_was_kept_is_found_again_after_a_restart() {
        assertKept("fresh", FRESH);
        assertKept("active", ACTIVE);
        assertKept("failing", ACTIVE.failed(500, "It failed.", NOW, NOW.plusSeconds(5)));
        assertKept("dead/..", FRESH.failed(null, "It refuses connections.", NOW, null));
        assertKept("$where.\u0001 \"ü\"", ACTIVE.passed(9, UUID.randomUUID()));
    }

    private void assertKept(String subscription, DeliveryState state) {
        DeliveryStates states = open();
        states.take(subscription, EPOCH);
        states.save(subscription, EPOCH, state);
        assertThat(open().find(subscription)).contains(state);
        assertThat(open().take(subscription, EPOCH)).contains(state);
        assertThat(open().take(subscription, EPOCH + 1)).contains(state);
    }

    @Test
    void a_later_state_replaces_all_of_an_earlier_one() {
        DeliveryStates states = open();
        states.take("w", EPOCH);
        states.save("w", EPOCH, ACTIVE.failed(null, "It refuses connections.", NOW, null));
        states.save("w", EPOCH, FRESH);
        assertThat(states.find("w")).contains(FRESH);
    }

    @Test
    void a_subscription_is_forgotten_and_the_others_are_not() {
        DeliveryStates states = open();
        states.take("gone", EPOCH);
        states.save("gone", EPOCH, ACTIVE);
        states.take("stays", EPOCH);
        states.save("stays", EPOCH, ACTIVE);

        states.remove("gone");
        states.remove("gone");

        assertThat(open().find("gone")).isEmpty();
        assertThat(open().find("stays")).contains(ACTIVE);
    }
}
