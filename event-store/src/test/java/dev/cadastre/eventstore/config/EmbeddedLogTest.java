package dev.cadastre.eventstore.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadastre.eventstore.log.ChangeSet;
import dev.cadastre.eventstore.log.Commit;
import dev.cadastre.eventstore.log.Committed;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.eventstore.log.LogException.CannotOpen;
import dev.cadastre.eventstore.log.LogHead;
import dev.cadastre.eventstore.log.ProposedEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedLogTest {

    @TempDir Path directory;

    @Test
    void what_was_appended_is_there_after_a_restart() {
        LogHead before;
        try (EventLog log = EmbeddedLog.open(directory, Clock.systemUTC())) {
            Committed committed = log.append(changeSet()).join();
            assertThat(committed.firstPosition()).isZero();
            before = log.head();
        }

        try (EventLog log = EmbeddedLog.open(directory, Clock.systemUTC())) {
            assertThat(log.readOnlyReason()).isEmpty();
            assertThat(log.head()).usingRecursiveComparison().isEqualTo(before);
            List<Commit> commits = log.commits(0, 10);
            assertThat(commits).hasSize(1);
            assertThat(commits.getFirst().events().getFirst().payload())
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo("{\"class\":\"server\"}");
        }
    }

    @Test
    void a_directory_in_use_is_refused_with_the_process_that_holds_it() {
        try (EventLog log = EmbeddedLog.open(directory, Clock.systemUTC())) {
            assertThat(log.head().size()).isZero();
            assertThatThrownBy(() -> EmbeddedLog.open(directory, Clock.systemUTC()))
                    .isInstanceOf(CannotOpen.class)
                    .hasMessageContaining("in use by process " + ProcessHandle.current().pid());
        }
    }

    @Test
    void keys_and_credentials_never_lie_inside_the_data_directory() {
        assertThat(DataDirectories.of(Path.of("/srv/cadastre")).trust())
                .isEqualTo(Path.of("/srv/cadastre.trust"));
        assertThatThrownBy(() -> new DataDirectories(directory, directory.resolve("keys")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static ChangeSet changeSet() {
        return new ChangeSet(
                UUID.randomUUID(),
                "person-1",
                "person-2",
                "http",
                "{}".getBytes(StandardCharsets.UTF_8),
                List.of(
                        new ProposedEvent(
                                "ci:1",
                                0,
                                UUID.randomUUID(),
                                "ci.registered",
                                1,
                                "{\"class\":\"server\"}".getBytes(StandardCharsets.UTF_8),
                                null,
                                Long.MAX_VALUE,
                                List.of("ci-class:server"))),
                List.of(),
                List.of(),
                null);
    }
}
