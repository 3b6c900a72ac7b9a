package dev.cadastre.eventstore.mongodb;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Waiting for a slot to be filled, with and without a change stream. */
class CommitBellTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    @ParameterizedTest
    @CsvSource({
        "true, true",
        // The server says that it has change streams, and then has none.
        "true, false",
        "false, false",
    })
    void who_waits_for_a_slot_hears_when_it_is_filled(boolean asksForStreams, boolean hasStreams)
            throws Exception {
        try (TestServer server =
                        hasStreams
                                ? MongoServers.emulatorWithChangeStreams()
                                : MongoServers.emulator();
                MongoClient client = MongoClients.create(server.uri());
                ExecutorService waiting = Executors.newSingleThreadExecutor()) {
            MongoCollection<RawBsonDocument> log =
                    client.getDatabase("cadastre").getCollection("log", RawBsonDocument.class);
            log.insertOne(slot(0));
            CommitBell bell = new CommitBell(log, asksForStreams);

            assertThat(bell.await(0, Duration.ZERO)).isTrue();
            assertThat(bell.await(1, Duration.ofMillis(20))).isFalse();
            for (long slot = 1; slot < 4; slot++) {
                long next = slot;
                CountDownLatch begun = new CountDownLatch(1);
                Future<Boolean> heard =
                        waiting.submit(
                                () -> {
                                    begun.countDown();
                                    return bell.await(next, LONG);
                                });
                begun.await();
                log.insertOne(slot(next));
                assertThat(heard.get(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
            }
            bell.close();
        }
    }

    private static RawBsonDocument slot(long position) {
        return new RawBsonDocument(
                new BsonDocument("_id", new BsonInt64(position)), new BsonDocumentCodec());
    }
}
