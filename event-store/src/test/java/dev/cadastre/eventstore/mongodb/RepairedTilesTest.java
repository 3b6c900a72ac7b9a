package dev.cadastre.eventstore.mongodb;

import static dev.cadastre.eventstore.conformance.ChangeSetBuilder.changeSet;
import static dev.cadastre.eventstore.conformance.ChangeSetBuilder.oneEvent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import dev.cadastre.eventstore.commit.LogVerification;
import dev.cadastre.eventstore.config.MongoLog;
import dev.cadastre.eventstore.conformance.ChangeSetBuilder;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.eventstore.log.LogException.Corrupt;
import dev.cadastre.eventstore.log.StreamHead;
import dev.cadastre.eventstore.mongodb.TestServer.TestDatabase;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bson.Document;
import org.bson.types.Binary;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Tiles that are not those of the log: the log tells which of the two is right. */
class RepairedTilesTest {

    private static final int TILE = 256;
    private static final TestServer SERVER = MongoServers.emulator();
    private static final Logger MESSAGES =
            (Logger) LoggerFactory.getLogger("dev.cadastre.eventstore.mongodb");

    private final ListAppender<ILoggingEvent> told = new ListAppender<>();
    private TestDatabase database;
    private MongoClient client;
    private MongoCollection<Document> log;
    private MongoCollection<Document> tiles;

    @BeforeEach
    void makeAnEmptyDatabase() {
        database = SERVER.freshDatabase();
        client = MongoClients.create(database.uri());
        MongoDatabase collections = client.getDatabase(database.name());
        log = collections.getCollection("log");
        tiles = collections.getCollection("log_tiles");
        told.start();
        MESSAGES.addAppender(told);
    }

    @AfterEach
    void drop() {
        MESSAGES.detachAppender(told);
        client.close();
        database.close();
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @Test
    void tiles_of_the_longer_log_are_removed_after_a_restore() {
        write("yesterday", 700);
        write("today", 700);
        log.deleteMany(Filters.gte("_id", 700L));

        try (EventLog restored = open()) {
            assertThat(warnings()).anyMatch(it -> it.contains("3 tiles of the tree reach beyond"));
            assertThat(tiles().keySet()).containsExactly("0/0", "0/1");

            append(restored, "tomorrow", 700);
            assertReadsWell(restored);
        }
        assertTilesAreThoseOfTheLog(5);
    }

    @Test
    void tiles_without_a_log_are_removed() {
        write("elsewhere", 600);
        log.deleteMany(new Document());

        write("here", 600);

        assertTilesAreThoseOfTheLog(2);
    }

    @Test
    void a_tile_of_a_longer_log_that_comes_while_this_one_is_open_is_removed() {
        write("this", 600);
        try (EventLog opened = open()) {
            tiles.insertOne(tile("0/2", 7));

            assertReadsWell(opened);

            assertThat(tiles().keySet()).containsExactly("0/0", "0/1");
            assertThat(warnings()).anyMatch(it -> it.contains("reach beyond the 600 events"));
        }
    }

    @Test
    void who_fills_a_tile_puts_it_in_place_of_another_one() {
        write("this", 600);
        try (EventLog opened = open()) {
            tiles.insertOne(tile("0/2", 7));
            append(opened, "that", 300);
        }
        assertThat(warnings()).anyMatch(it -> it.contains("of another history"));
        assertTilesAreThoseOfTheLog(3);
    }

    @Test
    void tiles_of_another_history_are_replaced_at_opening() {
        write("this", 800);
        tiles.replaceOne(Filters.eq("_id", "0/0"), tile("0/0", 1));
        tiles.replaceOne(Filters.eq("_id", "0/2"), tile("0/2", 2));

        try (EventLog opened = open()) {
            assertThat(warnings()).anyMatch(it -> it.contains("2 tiles of the tree were of"));
            assertReadsWell(opened);
        }
        assertTilesAreThoseOfTheLog(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {8_192, 8_191, 0})
    void a_tile_changed_while_the_log_is_open_is_replaced_when_it_is_read(int length) {
        write("this", 800);
        try (EventLog opened = open()) {
            Document changed = new Document("_id", "0/1").append("h", new Binary(new byte[length]));
            tiles.replaceOne(Filters.eq("_id", "0/1"), changed);

            assertReadsWell(opened);

            assertThat(warnings()).anyMatch(it -> it.contains("replaced") && it.contains("0/1"));
        }
        assertTilesAreThoseOfTheLog(3);
    }

    @Test
    void missing_tiles_are_derived_again_wherever_they_lie() {
        write("this", 800);
        tiles.deleteOne(Filters.eq("_id", "0/1"));

        open().close();

        assertThat(warnings()).isEmpty();
        assertTilesAreThoseOfTheLog(3);
    }

    @Test
    void a_changed_event_is_found_though_its_tile_is_changed_with_it() {
        write("this", 800);
        try (EventLog opened = open()) {
            changeEnvelope(300);
            tiles.replaceOne(Filters.eq("_id", "0/1"), tile("0/1", 3));

            assertThatThrownBy(() -> LogVerification.of(opened)).isInstanceOf(Corrupt.class);

            assertThat(opened.readOnlyReason()).get().asString().contains("contradicts itself");
            assertThat(tiles()).containsEntry("0/1", tile("0/1", 3).get("h", Binary.class));
        }
    }

    @Test
    void a_changed_event_is_found_at_opening_though_its_tile_is_gone() {
        write("this", 800);
        changeEnvelope(300);
        tiles.deleteOne(Filters.eq("_id", "0/1"));

        try (EventLog opened = open()) {
            assertThat(opened.readOnlyReason()).get().asString().contains("contradicts itself");
        }
        assertThat(tiles()).doesNotContainKey("0/1");
    }

    @Test
    void a_changed_event_never_gets_a_tile_that_fits_it() {
        write("this", 800);
        Map<String, Binary> before = tiles();
        try (EventLog opened = open()) {
            changeEnvelope(300);
            assertThatThrownBy(() -> opened.commits(280, 100)).isInstanceOf(Corrupt.class);
        }
        open().close();

        assertThat(tiles()).isEqualTo(before);
    }

    @Test
    void tiles_of_tiles_are_repaired_as_well() {
        try (EventLog large = open()) {
            append(large, "large", TILE * TILE + 3 * TILE);
        }
        Map<String, Binary> right = tiles();
        assertThat(right).hasSize(TILE + 3 + 1);
        try (EventLog opened = open()) {
            tiles.replaceOne(Filters.eq("_id", "0/5"), tile("0/5", 1));
            opened.commits(5 * TILE, 1);
            assertThat(tiles()).isEqualTo(right);
        }

        tiles.replaceOne(Filters.eq("_id", "0/5"), tile("0/5", 1));
        tiles.deleteOne(Filters.eq("_id", "0/6"));
        tiles.replaceOne(Filters.eq("_id", "1/0"), tile("1/0", 2));
        open().close();
        assertThat(tiles()).isEqualTo(right);

        tiles.deleteMany(new Document());
        open().close();
        assertThat(tiles()).isEqualTo(right);
    }

    private void write(String stream, int events) {
        try (EventLog opened = open()) {
            append(opened, stream, events);
        }
    }

    /** Two thirds of a tile in a commit, so that tiles lie across commits. */
    private static void append(EventLog opened, String stream, int events) {
        StreamHead begin = opened.streamHead("ci:" + stream);
        assertThat(begin.nextSequenceNumber()).isZero();
        int most = events > TILE * TILE ? 5_000 : 170;
        for (int from = 0; from < events; from += most) {
            ChangeSetBuilder some = changeSet();
            for (int i = from; i < Math.min(events, from + most); i++) {
                some.event("ci:" + stream, i);
            }
            opened.append(some.build()).join();
        }
    }

    private static void assertReadsWell(EventLog opened) {
        assertThat(LogVerification.of(opened)).isEqualTo(opened.head().size());
        assertThat(opened.readOnlyReason()).isEmpty();
        opened.append(oneEvent("ci:more", opened.streamHead("ci:more").nextSequenceNumber()))
                .join();
    }

    /** All tiles are derived again, and are the same. */
    private void assertTilesAreThoseOfTheLog(int count) {
        Map<String, Binary> found = tiles();
        assertThat(found).hasSize(count);
        tiles.deleteMany(new Document());
        open().close();
        assertThat(tiles()).isEqualTo(found);
    }

    private void changeEnvelope(long position) {
        Document commit =
                log.find(Filters.lte("_id", position)).sort(new Document("_id", -1)).first();
        int place = (int) (position - commit.getLong("_id"));
        Document event = commit.getList("e", Document.class).get(place);
        byte[] envelope = event.get("hdr", Binary.class).getData().clone();
        envelope[envelope.length - 1] ^= 1;
        event.put("hdr", new Binary(envelope));
        log.updateOne(
                Filters.eq("_id", commit.get("_id")),
                Updates.set("e", commit.getList("e", Document.class)));
    }

    private static Document tile(String name, int filling) {
        byte[] hashes = new byte[TILE * 32];
        hashes[hashes.length / 2] = (byte) filling;
        return new Document("_id", name).append("h", new Binary(hashes));
    }

    private Map<String, Binary> tiles() {
        Map<String, Binary> found = new TreeMap<>();
        tiles.find().forEach(it -> found.put(it.getString("_id"), it.get("h", Binary.class)));
        return found;
    }

    private List<String> warnings() {
        return new ArrayList<>(told.list)
                .stream()
                        .filter(it -> it.getLevel().isGreaterOrEqual(Level.WARN))
                        .map(ILoggingEvent::getFormattedMessage)
                        .filter(it -> !it.contains("standalone"))
                        .toList();
    }

    private EventLog open() {
        return MongoLog.open(
                MongoLogSettings.of(database.uri()).allowingStandalone(), Clock.systemUTC());
    }
}
