package dev.cadastre.command.assets.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AssetLifecycleTest {

    private static final AssetLifecycle LIFECYCLE = AssetLifecycle.STANDARD;

    /** The vocabulary, spelled out once more and independently of the code. */
    private static final Map<String, List<String>> VOCABULARY =
            Map.of(
                    "On order", List.of(),
                    "In stock",
                            List.of(
                                    ("Available, Reserved, Defective, Pending repair, Pending"
                                                    + " install, Pending disposal, Pending transfer,"
                                                    + " Pre-allocated, On hold, Legal hold,"
                                                    + " Quarantine, Pending fulfillment, Pending"
                                                    + " certificate, Pending return, Test, End of"
                                                    + " support, Pending retirement, Pending resale,"
                                                    + " Pending evaluation")
                                            .split(", ")),
                    "In transit",
                            List.of(
                                    ("Available, Reserved, Defective, Pending install, Pending"
                                                    + " disposal, Pending donation, Pre-allocated,"
                                                    + " Pending resale")
                                            .split(", ")),
                    "In use",
                            List.of("Pending fulfillment", "End of support", "Pending retirement"),
                    "In maintenance", List.of(),
                    "Retired",
                            List.of(
                                    ("Disposed, Pending disposal, Sold, Donated, Vendor credit,"
                                                    + " Lease return, Obsolete, RMA, Buy out,"
                                                    + " Pending resale")
                                            .split(", ")),
                    "Missing", List.of("Lost", "Stolen"),
                    "Build", List.of());

    @Test
    void the_eight_states_have_the_substates_of_the_vocabulary() {
        assertThat(LIFECYCLE.states()).hasSize(8);
        for (LifecycleState state : LIFECYCLE.states()) {
            assertThat(state.substates())
                    .as(state.name())
                    .containsExactlyElementsOf(VOCABULARY.get(state.name()));
        }
    }

    @Test
    void there_are_thirty_substates() {
        assertThat(LIFECYCLE.states().stream().flatMap(state -> state.substates().stream()))
                .satisfies(all -> assertThat(all.stream().distinct()).hasSize(30));
    }

    @Test
    void only_states_that_say_so_may_lack_a_substate() {
        assertThat(LIFECYCLE.states().stream().filter(LifecycleState::substateOptional))
                .extracting(LifecycleState::name)
                .containsExactly("On order", "In use", "In maintenance", "Build");
    }

    @Test
    void every_state_that_follows_another_is_a_state() {
        for (LifecycleState state : LIFECYCLE.states()) {
            assertThat(state.next())
                    .isNotEmpty()
                    .doesNotHaveDuplicates()
                    .doesNotContain(state.name())
                    .allMatch(next -> LIFECYCLE.state(next).isPresent());
            assertThat(state.substates()).containsAll(state.finalSubstates());
        }
    }

    @Test
    void letter_case_does_not_matter_and_the_answer_is_spelled_one_way() {
        LifecycleState inStock = LIFECYCLE.state("in STOCK").orElseThrow();

        assertThat(LIFECYCLE.standing(inStock, "Pending Retirement"))
                .contains(new Standing("In stock", "Pending retirement"));
        assertThat(LIFECYCLE.state("Instock")).isEmpty();
        assertThat(LIFECYCLE.standing(inStock, "Lost")).isEmpty();
        assertThat(LIFECYCLE.standing(inStock, null)).isEmpty();
    }

    @Test
    void what_left_the_estate_does_not_come_back() {
        Standing disposed = new Standing("Retired", "Disposed");
        Standing obsolete = new Standing("Retired", "Obsolete");
        Standing available = new Standing("In stock", "Available");

        assertThat(LIFECYCLE.allows(disposed, available)).isFalse();
        assertThat(LIFECYCLE.allows(disposed, obsolete)).isFalse();
        assertThat(LIFECYCLE.allows(disposed, disposed)).isTrue();
        assertThat(LIFECYCLE.allows(obsolete, disposed)).isTrue();
        assertThat(LIFECYCLE.allows(obsolete, available)).isTrue();
    }

    @Test
    void hardware_and_consumables_are_never_in_build() {
        assertThat(LIFECYCLE.allowsType("Build", "Hardware")).isFalse();
        assertThat(LIFECYCLE.allowsType("Build", "consumable")).isFalse();
        assertThat(LIFECYCLE.allowsType("Build", "software")).isTrue();
        assertThat(LIFECYCLE.allowsType("Build", null)).isTrue();
        assertThat(LIFECYCLE.allowsType("In use", "hardware")).isTrue();
    }

    @Test
    void the_guide_shows_these_tables() throws IOException {
        assertThat(Files.readAllLines(Path.of("../docs/guide/asset-lifecycle.md")))
                .containsSequence(substateTable())
                .containsSequence(transitionTable());
    }

    private static List<String> substateTable() {
        List<String> lines = new ArrayList<>();
        lines.add("| state | substates | without a substate | left the estate |");
        lines.add("|---|---|---|---|");
        for (LifecycleState state : LIFECYCLE.states()) {
            lines.add(
                    "| "
                            + state.name()
                            + " | "
                            + cell(state.substates())
                            + " | "
                            + (state.substateOptional() ? "yes" : "no")
                            + " | "
                            + cell(state.finalSubstates())
                            + " |");
        }
        return lines;
    }

    private static List<String> transitionTable() {
        List<String> lines = new ArrayList<>();
        lines.add("| from | to | not for assets of type |");
        lines.add("|---|---|---|");
        for (LifecycleState state : LIFECYCLE.states()) {
            lines.add(
                    "| "
                            + state.name()
                            + " | "
                            + cell(state.next())
                            + " | "
                            + cell(state.excludedTypes())
                            + " |");
        }
        return lines;
    }

    private static String cell(List<String> names) {
        return names.isEmpty() ? "-" : String.join(", ", names);
    }
}
