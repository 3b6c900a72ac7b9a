package dev.cadastre.command.snapshots.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadastre.command.shared.Rejection;
import dev.cadastre.command.snapshots.model.CoordinateSearch.Knowledge;
import dev.cadastre.events.Microseconds;
import dev.cadastre.events.ci.CiEvent.CiRenamed;
import dev.cadastre.events.json.EventJson;
import dev.cadastre.events.snapshot.SnapshotCoordinates;
import dev.cadastre.eventstore.config.EmbeddedLog;
import dev.cadastre.eventstore.log.ChangeSet;
import dev.cadastre.eventstore.log.Commit;
import dev.cadastre.eventstore.log.Committed;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.eventstore.log.ProposedEvent;
import dev.cadastre.eventstore.log.StoredEvent;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoordinateSearchTest {

    private static final Instant NOW = Instant.parse("2026-03-31T10:00:00Z");

    @TempDir Path directory;

    private EventLog log;
    private CoordinateSearch search;

    @BeforeEach
    void open() {
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        log = EmbeddedLog.open(directory, clock);
        search = new CoordinateSearch(log, clock);
    }

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void in_an_empty_log_nothing_is_known_now() {
        SnapshotCoordinates found = search.find(null, new Knowledge.Everything());

        assertThat(found.position()).isEqualTo(-1);
        assertThat(found.treeSize()).isZero();
        assertThat(found.root())
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assertThat(found.asOf()).isEqualTo(found.knownAt()).isEqualTo(NOW);
    }

    @Test
    void every_position_means_the_end_of_its_change_set_and_the_tree_of_its_commit() {
        fill();

        for (Commit commit : commits()) {
            for (StoredEvent event : commit.events()) {
                SnapshotCoordinates found = search.find(null, new Knowledge.UpTo(event.position()));

                assertThat(found.position()).isEqualTo(endOfChangeSet(commit, event));
                assertThat(found.treeSize()).isEqualTo(commit.lastPosition() + 1);
                assertThat(found.root()).isEqualTo(HexFormat.of().formatHex(commit.root()));
                assertThat(Microseconds.of(found.knownAt())).isEqualTo(commit.recordedAt());
                assertThat(found.asOf()).isEqualTo(found.knownAt());
            }
        }
    }

    @Test
    void every_instant_means_the_last_commit_recorded_by_it() {
        fill();
        long head = log.head().recordedAt();

        for (Commit commit : commits()) {
            SnapshotCoordinates at = recordedBy(commit.recordedAt());
            SnapshotCoordinates before = recordedBy(commit.recordedAt() - 1);

            assertThat(at.position()).isEqualTo(commit.lastPosition());
            assertThat(at.treeSize()).isEqualTo(commit.lastPosition() + 1);
            assertThat(at.root()).isEqualTo(HexFormat.of().formatHex(commit.root()));
            assertThat(Microseconds.of(at.knownAt())).isEqualTo(commit.recordedAt());
            assertThat(before.position()).isEqualTo(commit.position() - 1);
        }
        assertThat(recordedBy(Microseconds.EARLIEST).position()).isEqualTo(-1);
        assertThat(Microseconds.of(recordedBy(head + 1).knownAt()))
                .as("what is recorded later does not count")
                .isEqualTo(head);
    }

    @Test
    void what_is_said_of_as_of_holds_and_else_it_is_now() {
        fill();

        assertThat(search.find(0L, new Knowledge.Everything()).asOf()).isEqualTo(Instant.EPOCH);
        assertThat(Microseconds.of(search.find(null, new Knowledge.Everything()).asOf()))
                .isEqualTo(Math.max(Microseconds.of(NOW), log.head().recordedAt()));
    }

    @Test
    void a_position_behind_the_end_is_refused_and_the_end_named() {
        fill();

        assertThatThrownBy(() -> search.find(null, new Knowledge.UpTo(log.head().size())))
                .isInstanceOf(Rejection.NotAllowed.class)
                .hasMessageContaining("last position is " + (log.head().size() - 1));
    }

    private SnapshotCoordinates recordedBy(long instant) {
        return search.find(null, new Knowledge.RecordedBy(instant));
    }

    private List<Commit> commits() {
        List<Commit> commits = log.commits(0, Integer.MAX_VALUE);
        assertThat(commits).hasSizeGreaterThan(2);
        assertThat(commits).as("some commit holds several change sets").anyMatch(this::isShared);
        return commits;
    }

    private boolean isShared(Commit commit) {
        return commit.events().stream().map(e -> e.envelope().changeSet()).distinct().count() > 1;
    }

    private static long endOfChangeSet(Commit commit, StoredEvent event) {
        return commit.events().stream()
                .filter(e -> e.envelope().changeSet().equals(event.envelope().changeSet()))
                .mapToLong(StoredEvent::position)
                .max()
                .orElseThrow();
    }

    /** Change sets of one to five events; those handed over without waiting share commits. */
    private void fill() {
        long sequence = 0;
        for (int round = 0; round < 4; round++) {
            List<CompletableFuture<Committed>> open = new ArrayList<>();
            for (int events = 1; events <= 5; events++) {
                List<ProposedEvent> proposed = new ArrayList<>();
                for (int i = 0; i < events; i++) {
                    proposed.add(
                            new ProposedEvent(
                                    "ci:a",
                                    sequence++,
                                    UUID.randomUUID(),
                                    "ci.renamed",
                                    1,
                                    EventJson.write(new CiRenamed("n")),
                                    null,
                                    Long.MAX_VALUE,
                                    List.of()));
                }
                open.add(log.append(changeSet(proposed)));
            }
            open.forEach(CompletableFuture::join);
        }
    }

    private static ChangeSet changeSet(List<ProposedEvent> events) {
        return new ChangeSet(
                UUID.randomUUID(),
                "person-a",
                "person-a",
                "test",
                new byte[] {'{', '}'},
                events,
                List.of(),
                List.of(),
                null);
    }
}
