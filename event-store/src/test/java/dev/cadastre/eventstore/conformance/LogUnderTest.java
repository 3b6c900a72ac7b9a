package dev.cadastre.eventstore.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cadastre.eventstore.log.ChangeSet;
import dev.cadastre.eventstore.log.Commit;
import dev.cadastre.eventstore.log.Committed;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.eventstore.log.StoredEvent;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** What the parts of the suite share. */
interface LogUnderTest {

    EventLog log();

    ManualClock clock();

    /** Closes the log and opens it again. */
    void reopen();

    default Committed append(ChangeSet changeSet) {
        return log().append(changeSet).join();
    }

    /** Hands over all at once, so that they may share a commit. */
    default List<CompletableFuture<Committed>> pipeline(List<ChangeSet> changeSets) {
        List<CompletableFuture<Committed>> outcomes = new ArrayList<>();
        changeSets.forEach(changeSet -> outcomes.add(log().append(changeSet)));
        return outcomes;
    }

    default <E extends Throwable> E refusal(Class<E> kind, CompletableFuture<Committed> outcome) {
        CompletionException thrown = catchThrowableOfType(CompletionException.class, outcome::join);
        assertThat(thrown).as("refusal of the change set").isNotNull();
        assertThat(thrown.getCause()).isInstanceOf(kind);
        return kind.cast(thrown.getCause());
    }

    default <E extends Throwable> E refusal(Class<E> kind, ChangeSet changeSet) {
        return refusal(kind, log().append(changeSet));
    }

    default List<Commit> allCommits() {
        List<Commit> all = new ArrayList<>();
        long position = 0;
        while (true) {
            List<Commit> some = log().commits(position, 1_000);
            if (some.isEmpty()) {
                return all;
            }
            all.addAll(some);
            position = some.getLast().lastPosition() + 1;
        }
    }

    default List<StoredEvent> allEvents() {
        return allCommits().stream().flatMap(commit -> commit.events().stream()).toList();
    }

    /**
     * All there is to a commit, as text; far cheaper to compare than the records field by field.
     */
    static List<String> written(List<Commit> commits) {
        return commits.stream().map(LogUnderTest::written).toList();
    }

    private static String written(Commit commit) {
        HexFormat hex = HexFormat.of();
        StringBuilder text = new StringBuilder();
        text.append(commit.position()).append(' ').append(commit.recordedAt());
        text.append(' ').append(commit.id()).append(' ').append(commit.epoch());
        text.append(' ').append(hex.formatHex(commit.previous()));
        text.append(' ').append(hex.formatHex(commit.root()));
        commit.events().forEach(event -> text.append('\n').append(written(event)));
        return text.toString();
    }

    static String written(StoredEvent event) {
        HexFormat hex = HexFormat.of();
        return event.position()
                + " "
                + hex.formatHex(event.envelopeBytes())
                + " "
                + hex.formatHex(event.salt())
                + " "
                + hex.formatHex(event.payload())
                + " "
                + hex.formatHex(event.metadata());
    }
}
