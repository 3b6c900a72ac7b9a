package dev.cadastre.query.versions.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A suite that a store of the current register without any contents could pass proves nothing. */
class CurrentSuiteHasTeethTest {

    @Test
    void a_store_that_does_nothing_fails_every_test() {
        TestExecutionSummary summary = run(DoesNothing.class);
        assertThat(summary.getTestsFoundCount()).isGreaterThan(10);
        assertThat(summary.getTestsFailedCount()).isEqualTo(summary.getTestsFoundCount());
    }

    @Test
    void a_store_in_memory_passes() {
        assertThat(failed(InMemory.class)).isEmpty();
    }

    @Test
    void a_store_that_replaces_later_rows_by_earlier_ones_is_caught() {
        assertThat(failed(TakesLateWrites.class))
                .containsExactlyInAnyOrder(
                        "neither_row_nor_token_goes_back",
                        "a_late_write_does_not_bring_back_what_was_removed");
    }

    @Test
    void a_store_that_moves_its_token_first_is_caught() {
        assertThat(failed(MovesItsTokenFirst.class))
                .containsExactlyInAnyOrder(
                        "the_token_moves_with_the_last_row_and_what_was_broken_off_is_done_again");
    }

    @Test
    void a_store_that_forgets_what_was_removed_is_caught() {
        assertThat(failed(ForgetsRemovals.class))
                .containsExactly("a_late_write_does_not_bring_back_what_was_removed");
    }

    @Test
    void a_store_that_keeps_its_rows_when_it_is_cleared_is_caught() {
        assertThat(failed(ClearsItsTokenOnly.class))
                .containsExactlyInAnyOrder(
                        "a_cleared_store_takes_what_a_shorter_log_says",
                        "what_another_history_has_left_is_rebuilt");
    }

    private static List<String> failed(Class<?> suite) {
        return run(suite).getFailures().stream()
                .map(failure -> failure.getTestIdentifier().getDisplayName().replace("()", ""))
                .toList();
    }

    private static TestExecutionSummary run(Class<?> suite) {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(suite))
                                .filters(EngineFilter.includeEngines("junit-jupiter"))
                                .build(),
                        listener);
        return listener.getSummary();
    }

    static class DoesNothing extends InMemory {
        @Override
        protected CurrentStore open(Path directory) {
            return new StoreInMemory(memory) {
                @Override
                public void write(Iterator<List<CurrentRow>> rows, CurrentToken token) {}

                @Override
                public void clear() {}
            };
        }
    }

    static class TakesLateWrites extends InMemory {
        @Override
        protected CurrentStore open(Path directory) {
            return new StoreInMemory(memory) {
                @Override
                boolean isLater(CurrentToken token, CurrentToken written) {
                    return true;
                }
            };
        }
    }

    static class MovesItsTokenFirst extends InMemory {
        @Override
        protected CurrentStore open(Path directory) {
            return new StoreInMemory(memory) {
                @Override
                public void write(Iterator<List<CurrentRow>> rows, CurrentToken token) {
                    super.write(List.<List<CurrentRow>>of().iterator(), token);
                    super.write(rows, token);
                }
            };
        }
    }

    static class ForgetsRemovals extends InMemory {
        @Override
        protected CurrentStore open(Path directory) {
            return new StoreInMemory(memory) {
                @Override
                void put(CurrentRow row, CurrentToken token) {
                    super.put(row, token);
                    memory.rows.get(row.table()).values().removeIf(written -> !written.isPresent());
                }
            };
        }
    }

    static class ClearsItsTokenOnly extends InMemory {
        @Override
        protected CurrentStore open(Path directory) {
            return new StoreInMemory(memory) {
                @Override
                public void clear() {
                    memory.token = CurrentToken.NOTHING;
                }
            };
        }
    }

    static class InMemory extends CurrentStoreConformance {
        final Memory memory = new Memory();

        @Override
        protected CurrentStore open(Path directory) {
            return new StoreInMemory(memory);
        }

        @Override
        protected SortedMap<String, JsonNode> contents(Path directory, CurrentTable table) {
            SortedMap<String, JsonNode> contents = new TreeMap<>();
            memory.rows
                    .get(table)
                    .forEach(
                            (id, written) -> {
                                if (written.isPresent()) {
                                    contents.put(id, written.json());
                                }
                            });
            return contents;
        }
    }

    /** A row, and when it was written. */
    record Written(CurrentRow row, CurrentToken token) {

        boolean isPresent() {
            return row.json() != null && json().path("present").asBoolean(true);
        }

        JsonNode json() {
            return JsonMapper.shared().readTree(row.json());
        }
    }

    /** What outlives the store that is open on it. */
    static final class Memory {
        final Map<CurrentTable, Map<String, Written>> rows =
                Map.of(CurrentTable.ASSETS, new HashMap<>(), CurrentTable.CIS, new HashMap<>());
        CurrentToken token = CurrentToken.NOTHING;
    }

    /** A store as it should be, but that it keeps nothing. */
    static class StoreInMemory implements CurrentStore {
        private final Memory memory;

        StoreInMemory(Memory memory) {
            this.memory = memory;
        }

        boolean isLater(CurrentToken token, CurrentToken written) {
            return token.isAfter(written);
        }

        void put(CurrentRow row, CurrentToken token) {
            memory.rows
                    .get(row.table())
                    .merge(
                            row.id(),
                            new Written(row, token),
                            (before, now) -> isLater(token, before.token()) ? now : before);
        }

        @Override
        public void write(Iterator<List<CurrentRow>> rows, CurrentToken token) {
            rows.forEachRemaining(portion -> portion.forEach(row -> put(row, token)));
            memory.token = isLater(token, memory.token) ? token : memory.token;
        }

        @Override
        public boolean isClaimed() {
            return true;
        }

        @Override
        public boolean isClaimedByAnother() {
            return false;
        }

        @Override
        public CurrentToken token() {
            return memory.token;
        }

        @Override
        public void clear() {
            memory.rows.values().forEach(Map::clear);
            memory.token = CurrentToken.NOTHING;
        }

        @Override
        public void close() {}
    }
}
