package dev.cadastre.query.webhooks.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.query.webhooks.model.DeliveryState;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDeliveryStatesTest {

    private static final Instant NOW = Instant.parse("2026-01-12T00:00:00.000000001Z");
    private static final DeliveryState FRESH =
            new DeliveryState(-1, null, -1, 0, null, null, null, null);

    @TempDir Path directory;

    @Test
    void what_was_kept_is_found_again_after_a_restart() {
        UUID event = UUID.randomUUID();
        assertFound("fresh", FRESH);
        assertFound("active", FRESH.delivered(7, event, 204, NOW));
        assertFound(
                "failing", FRESH.delivered(7, event, 204, NOW).failed(500, "It failed.", NOW, NOW));
        assertFound("dead/..", FRESH.failed(null, "It refuses connections.", NOW, null));
    }

    private void assertFound(String subscription, DeliveryState state) {
        FileDeliveryStates.in(directory).save(subscription, state);
        assertThat(FileDeliveryStates.in(directory).find(subscription)).contains(state);
    }
}
