package dev.cadastre.eventstore.mongodb;

import com.mongodb.MongoException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.client.MongoChangeStreamCursor;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.changestream.ChangeStreamDocument;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells when a slot is filled. The truth is a look at the slot; a change stream, where the server
 * has them, only says when to look. Used by one thread.
 */
final class CommitBell implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(CommitBell.class);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(50);
    private static final Duration NEXT_STREAM = Duration.ofSeconds(30);

    private final MongoCollection<RawBsonDocument> log;
    private @Nullable MongoChangeStreamCursor<ChangeStreamDocument<RawBsonDocument>> stream;
    private final boolean changeStreams;
    private long streamNotBefore = System.nanoTime();
    private Duration pause = SHORTEST_PAUSE;

    CommitBell(MongoCollection<RawBsonDocument> log, boolean changeStreams) {
        this.log = log;
        this.changeStreams = changeStreams;
    }

    boolean await(long slot, Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        try {
            while (true) {
                openStream();
                if (isFilled(slot)) {
                    pause = SHORTEST_PAUSE;
                    return true;
                }
                long left = end - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                rest(left);
            }
        } catch (MongoInterruptedException e) {
            throw interrupted(e);
        } catch (MongoException e) {
            throw Failures.of("Waiting for commits", e);
        }
    }

    private boolean isFilled(long slot) {
        return log.find(Filters.eq(Fields.POSITION, slot))
                        .projection(Projections.include(Fields.POSITION))
                        .limit(1)
                        .first()
                != null;
    }

    private void rest(long nanos) throws InterruptedException {
        if (stream != null) {
            try {
                stream.tryNext();
                return;
            } catch (MongoInterruptedException e) {
                throw interrupted(e);
            } catch (MongoException e) {
                LOGGER.info("The change stream ended; polling instead: {}", e.getMessage());
                closeStream();
            }
        }
        TimeUnit.NANOSECONDS.sleep(Math.min(nanos, pause.toNanos()));
        pause =
                pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
                        ? pause.multipliedBy(2)
                        : LONGEST_PAUSE;
    }

    private void openStream() {
        if (!changeStreams || stream != null || System.nanoTime() - streamNotBefore < 0) {
            return;
        }
        streamNotBefore = System.nanoTime() + NEXT_STREAM.toNanos();
        try {
            stream =
                    log.watch(
                                    List.of(
                                            Aggregates.match(Filters.eq("operationType", "insert")),
                                            Aggregates.project(Projections.include("documentKey"))))
                            .maxAwaitTime(500, TimeUnit.MILLISECONDS)
                            .cursor();
        } catch (MongoInterruptedException e) {
            throw e;
        } catch (MongoException e) {
            LOGGER.info("There is no change stream; polling instead: {}", e.getMessage());
        }
    }

    private static InterruptedException interrupted(MongoInterruptedException cause) {
        InterruptedException interruption = new InterruptedException();
        interruption.initCause(cause);
        return interruption;
    }

    private void closeStream() {
        if (stream != null) {
            try {
                stream.close();
            } catch (MongoException e) {
                LOGGER.debug("Closing the change stream", e);
            }
            stream = null;
        }
    }

    @Override
    public void close() {
        closeStream();
    }
}
