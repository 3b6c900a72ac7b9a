package dev.cadastre.eventstore.mongodb;

import static dev.cadastre.eventstore.conformance.ChangeSetBuilder.oneEvent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import dev.cadastre.eventstore.commit.CommitHeader;
import dev.cadastre.eventstore.commit.CommitOutline;
import dev.cadastre.eventstore.commit.SharedStore;
import dev.cadastre.eventstore.config.MongoLog;
import dev.cadastre.eventstore.log.Commit;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.eventstore.log.LogException.Corrupt;
import dev.cadastre.eventstore.log.LogException.Unavailable;
import dev.cadastre.eventstore.mongodb.TestServer.TestDatabase;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.bson.Document;
import org.bson.types.Binary;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a writer takes over from the commits of other writers. */
class CommitOutlinesTest {

    private static final int COMMITS = 150;
    private static final TestServer SERVER = MongoServers.emulator();

    private TestDatabase database;
    private MongoLogSettings settings;
    private EventLog other;

    @BeforeEach
    void letAnotherProcessCommit() {
        database = SERVER.freshDatabase();
        settings = MongoLogSettings.of(database.uri()).allowingStandalone();
        other = MongoLog.open(settings, Clock.systemUTC());
        for (int i = 0; i < COMMITS; i++) {
            other.append(oneEvent("ci:a", i)).join();
        }
    }

    @AfterEach
    void dropDatabase() {
        other.close();
        database.close();
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @Test
    void all_of_them_are_told_in_order_whether_one_was_missed_or_many() {
        List<Commit> commits = other.commits(0, COMMITS);
        try (MongoCommitStore store = MongoCommitStore.open(settings)) {
            SharedStore shared = store.shared().orElseThrow();
            for (int from : List.of(0, 1, COMMITS - 65, COMMITS - 64, COMMITS - 63, COMMITS - 1)) {
                assertOutlines(all(shared, from), commits.subList(from, COMMITS));
            }
            assertThat(shared.from(COMMITS)).isEmpty();
        }
    }

    @Test
    void a_hole_is_told_rather_than_filled() {
        try (MongoCommitStore store = MongoCommitStore.open(settings)) {
            SharedStore shared = store.shared().orElseThrow();
            all(shared, 0);
            changing(log -> log.deleteOne(Filters.eq("_id", 70L)));

            assertThat(all(shared, 60)).hasSize(10);
            assertThatThrownBy(() -> shared.from(70))
                    .isInstanceOf(Corrupt.class)
                    .hasMessageContaining("At position 70: the commit is missing");
        }
    }

    @Test
    void a_writer_does_not_build_on_a_commit_that_was_changed_before_it_took_it_in() {
        assertRefused(
                last -> {
                    Document event = last.getList("e", Document.class).getFirst();
                    byte[] envelope = event.get("hdr", Binary.class).getData();
                    envelope[envelope.length - 1] ^= 1;
                    event.put("hdr", new Binary(envelope));
                });
    }

    @Test
    void a_writer_does_not_build_on_a_commit_that_says_it_holds_more_events_than_it_does() {
        assertRefused(last -> last.put("n", 2));
    }

    private void assertRefused(Consumer<Document> change) {
        other.close();
        Document last = removed(COMMITS - 1);
        try (EventLog log = MongoLog.open(settings, Clock.systemUTC())) {
            change.accept(last);
            changing(collection -> collection.insertOne(last));

            assertThatThrownBy(() -> log.append(oneEvent("ci:b", 0)).join())
                    .hasCauseInstanceOf(Unavailable.class)
                    .hasMessageContaining(
                            "At position 149: the commit does not follow from the log before it");
        }
        changing(
                log -> assertThat(log.countDocuments(Filters.gte("_id", (long) COMMITS))).isZero());
    }

    private Document removed(long position) {
        Document[] removed = new Document[1];
        changing(log -> removed[0] = log.findOneAndDelete(Filters.eq("_id", position)));
        return removed[0];
    }

    private void changing(Consumer<MongoCollection<Document>> change) {
        try (MongoClient client = MongoClients.create(database.uri())) {
            change.accept(client.getDatabase(database.name()).getCollection("log"));
        }
    }

    private static List<CommitOutline> all(SharedStore shared, long from) {
        List<CommitOutline> all = new ArrayList<>();
        long next = from;
        try {
            List<CommitOutline> found;
            while (!(found = shared.from(next)).isEmpty()) {
                all.addAll(found);
                next = found.getLast().header().next();
            }
        } catch (Corrupt hole) {
            // What was told before it is what is looked at.
        }
        return all;
    }

    private static void assertOutlines(List<CommitOutline> outlines, List<Commit> commits) {
        assertThat(outlines).hasSameSizeAs(commits);
        for (int i = 0; i < commits.size(); i++) {
            CommitOutline outline = outlines.get(i);
            Commit commit = commits.get(i);
            assertThat(outline.header())
                    .usingRecursiveComparison()
                    .isEqualTo(CommitHeader.of(commit));
            assertThat(outline.envelopes())
                    .hasSize(commit.events().size())
                    .zipSatisfy(
                            commit.events(),
                            (envelope, event) ->
                                    assertThat(envelope).isEqualTo(event.envelopeBytes()));
        }
    }
}
