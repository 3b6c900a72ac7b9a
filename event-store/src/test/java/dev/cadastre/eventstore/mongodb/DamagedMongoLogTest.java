package dev.cadastre.eventstore.mongodb;

import static dev.cadastre.eventstore.conformance.ChangeSetBuilder.changeSet;
import static dev.cadastre.eventstore.conformance.ChangeSetBuilder.oneEvent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import dev.cadastre.eventstore.commit.LogVerification;
import dev.cadastre.eventstore.config.MongoLog;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.eventstore.log.LogException.CannotOpen;
import dev.cadastre.eventstore.log.LogException.Corrupt;
import dev.cadastre.eventstore.log.LogException.Unavailable;
import dev.cadastre.eventstore.mongodb.TestServer.TestDatabase;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.types.Binary;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Somebody changed the collections behind the log's back. */
class DamagedMongoLogTest {

    private static final int EVENTS = 600;
    private static final TestServer SERVER = MongoServers.emulator();

    private TestDatabase database;
    private MongoClient client;
    private MongoDatabase collections;

    @BeforeEach
    void writeSomeHistory() {
        database = SERVER.freshDatabase();
        client = MongoClients.create(database.uri());
        collections = client.getDatabase(database.name());
        try (EventLog log = open()) {
            for (int i = 0; i < EVENTS; i += 3) {
                log.append(
                        changeSet()
                                .event("ci:a", i)
                                .event("ci:a", i + 1)
                                .event("ci:a", i + 2)
                                .build());
                if (i % 30 == 0) {
                    log.append(changeSet().event("ci:b" + i, 0).build()).join();
                    log.head();
                }
            }
        }
    }

    @AfterEach
    void drop() {
        client.close();
        database.close();
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    /** What is done to the commit in the middle of the log. */
    private static Stream<Named<Consumer<Damage>>> changesInTheMiddle() {
        return Stream.of(
                Named.of("edited payload", it -> it.set("e.0.p", it.bytes("{}"))),
                Named.of("edited metadata", it -> it.set("e.0.m", it.bytes("{}"))),
                Named.of("edited salt", it -> it.set("e.0.salt", new Binary(new byte[16]))),
                Named.of("edited envelope", it -> it.flipEnvelope()),
                Named.of("edited stream", it -> it.set("e.0.s", "ci:elsewhere")),
                Named.of("edited sequence number", it -> it.set("e.0.v", 99_999L)),
                Named.of("edited event id", it -> it.set("e.0.id", it.id())),
                Named.of("edited recorded time", it -> it.set("at", 7L)),
                Named.of("edited epoch", it -> it.set("ep", 77L)),
                Named.of("edited commit id", it -> it.set("cid", it.id())),
                Named.of("edited root", it -> it.set("root", new Binary(new byte[32]))),
                Named.of("edited previous", it -> it.set("prev", new Binary(new byte[32]))),
                Named.of("fewer events than counted", it -> it.set("n", 9_999)),
                Named.of("field of another type", it -> it.set("e.0.hdr", 7)),
                Named.of("event dropped", Damage::dropAnEvent),
                Named.of("commit deleted", Damage::delete),
                Named.of("commit put in", Damage::insertAnother),
                Named.of("two commits swapped", Damage::swapWithNext));
    }

    @ParameterizedTest
    @MethodSource("changesInTheMiddle")
    void a_change_is_found_by_reading_and_ends_writing(Consumer<Damage> change) {
        Damage damage = new Damage(collections.getCollection("log"), middle());
        try (EventLog log = open()) {
            change.accept(damage);

            assertThatThrownBy(() -> LogVerification.of(log)).isInstanceOf(Corrupt.class);

            assertThat(log.readOnlyReason()).get().asString().contains("contradicts itself");
            assertThatThrownBy(() -> log.append(oneEvent("ci:c", 0)).join())
                    .hasCauseInstanceOf(Unavailable.class);
            assertThat(log.commits(400, 1)).hasSize(1);
        }
    }

    @Test
    void a_deleted_end_is_found_by_who_saw_it() {
        try (EventLog log = open()) {
            collections.getCollection("log").deleteOne(Filters.eq("_id", last()));

            assertThatThrownBy(() -> log.commits(log.head().lastCommit(), 10))
                    .isInstanceOf(Corrupt.class);
            assertThat(log.readOnlyReason()).isPresent();
        }
    }

    @Test
    void a_commit_deleted_before_the_last_is_found_at_opening() {
        MongoCollection<Document> log = collections.getCollection("log");
        log.deleteOne(
                Filters.eq(
                        "_id",
                        log.find(Filters.lt("_id", last()))
                                .sort(new Document("_id", -1))
                                .first()
                                .getLong("_id")));

        try (EventLog opened = open()) {
            assertThat(opened.readOnlyReason()).get().asString().contains("contradicts itself");
            assertThat(opened.commits(0, 1)).hasSize(1);
        }
    }

    @Test
    void a_newer_format_is_refused_with_what_to_do() {
        collections
                .getCollection("log_state")
                .updateOne(Filters.eq("_id", "format"), Updates.set("version", 2));

        assertThatThrownBy(this::open)
                .isInstanceOf(CannotOpen.class)
                .hasMessageContaining("has format 2");
    }

    @Test
    void the_collection_of_another_program_is_refused() {
        collections.getCollection("log_state").drop();

        assertThatThrownBy(this::open)
                .isInstanceOf(CannotOpen.class)
                .hasMessageContaining("not a log of Cadastre");
    }

    @Test
    void a_dropped_index_is_refused_with_the_command_that_makes_it() {
        collections.getCollection("log").dropIndex("stream");

        assertThatThrownBy(this::open)
                .isInstanceOf(CannotOpen.class)
                .hasMessageContaining("is missing")
                .hasMessageContaining("db.log.createIndex(");
    }

    private long middle() {
        return collections
                .getCollection("log")
                .find(Filters.gte("_id", 200L))
                .sort(new Document("_id", 1))
                .first()
                .getLong("_id");
    }

    private long last() {
        return collections
                .getCollection("log")
                .find()
                .sort(new Document("_id", -1))
                .first()
                .getLong("_id");
    }

    private EventLog open() {
        return MongoLog.open(
                MongoLogSettings.of(database.uri()).allowingStandalone(), Clock.systemUTC());
    }

    /** One commit, and ways to harm it. */
    private record Damage(MongoCollection<Document> log, long position) {

        void set(String field, Object value) {
            Document before = log.find(Filters.eq("_id", position)).first();
            Document now = log.find(Filters.eq("_id", position)).first();
            String[] path = field.split("\\.");
            if (path.length == 1) {
                now.put(field, value);
            } else {
                now.getList("e", Document.class).get(Integer.parseInt(path[1])).put(path[2], value);
            }
            assertThat(now).isNotEqualTo(before);
            replace(now);
        }

        void flipEnvelope() {
            Document commit = commit();
            Binary envelope =
                    commit.getList("e", Document.class).getFirst().get("hdr", Binary.class);
            byte[] bytes = Arrays.copyOf(envelope.getData(), envelope.getData().length);
            bytes[bytes.length - 1] ^= 1;
            set("e.0.hdr", new Binary(bytes));
        }

        void dropAnEvent() {
            Document commit = commit();
            commit.getList("e", Document.class).removeFirst();
            replace(commit);
        }

        void delete() {
            log.deleteOne(Filters.eq("_id", position));
        }

        void insertAnother() {
            Document another = commit();
            another.put("_id", position + 1);
            List<Document> events = another.getList("e", Document.class);
            for (Document event : events) {
                event.put("s", "ci:put-in-" + event.get("i"));
                event.put("id", id());
            }
            log.insertOne(another);
        }

        void swapWithNext() {
            Document commit = commit();
            Document next =
                    log.find(Filters.gt("_id", position)).sort(new Document("_id", 1)).first();
            long own = position;
            long other = next.getLong("_id");
            log.deleteMany(Filters.in("_id", own, other));
            commit.put("_id", other);
            next.put("_id", own);
            log.insertMany(List.of(commit, next));
        }

        Binary bytes(String text) {
            return new Binary(text.getBytes(StandardCharsets.UTF_8));
        }

        Binary id() {
            ByteBuffer bytes = ByteBuffer.allocate(16);
            UUID id = UUID.randomUUID();
            bytes.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
            return new Binary((byte) 4, bytes.array());
        }

        private Document commit() {
            return log.find(Filters.eq("_id", position)).first();
        }

        private void replace(Document commit) {
            log.replaceOne(Filters.eq("_id", position), commit);
        }
    }
}
