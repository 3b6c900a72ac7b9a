package dev.cadastre.command.cis.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.events.ci.Lifecycle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CiLifecycleTest {

    @Test
    void every_stage_that_can_follow_exists_and_the_end_of_life_is_the_end() {
        for (String stage : CiLifecycle.stages()) {
            assertThat(CiLifecycle.stages()).containsAll(CiLifecycle.nextStages(stage));
            assertThat(CiLifecycle.statuses(stage)).isNotEmpty().doesNotHaveDuplicates();
        }
        assertThat(CiLifecycle.nextStages("End of Life")).isEmpty();
    }

    @Test
    void a_ci_without_a_stage_can_go_anywhere_and_within_a_stage_every_status_can_follow() {
        Lifecycle disposed = new Lifecycle("End of Life", "Disposed");

        assertThat(CiLifecycle.allows(null, "Missing")).isTrue();
        assertThat(CiLifecycle.allows(disposed, "End of Life")).isTrue();
        assertThat(CiLifecycle.allows(disposed, "Operational")).isFalse();
    }

    @Test
    void the_guide_lists_the_stages_with_their_statuses() throws IOException {
        String guide = Files.readString(Path.of("../docs/guide/configuration-items.md"));
        for (String stage : CiLifecycle.stages()) {
            assertThat(guide)
                    .contains(
                            "| "
                                    + stage
                                    + " | "
                                    + String.join(", ", CiLifecycle.statuses(stage))
                                    + " |");
        }
    }
}
