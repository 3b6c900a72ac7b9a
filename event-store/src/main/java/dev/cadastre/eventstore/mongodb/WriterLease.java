package dev.cadastre.eventstore.mongodb;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.MongoWriteException;
import com.mongodb.ReadConcern;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.Updates;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets processes that write at the same time take turns, so that they do not build commits for the
 * same slot. For speed only: whoever waits too long goes anyway, and whoever goes may be beaten.
 * While it is seldom beaten, a writer does not touch the lease. Times are those of the database.
 * Used by one thread.
 */
final class WriterLease {

    private static final Logger LOGGER = LoggerFactory.getLogger(WriterLease.class);

    /** How long one writer goes on while another waits. */
    private static final Duration TURN = Duration.ofMillis(100);

    /** How old a lease is when its holder is taken for gone, by the database's clock. */
    private static final Duration EXPIRY = Duration.ofSeconds(1);

    /** How long a writer waits for its turn. */
    private static final Duration PATIENCE = Duration.ofMillis(600);

    /** How long turns are taken after this writer was beaten twice, or saw another one wait. */
    private static final Duration CONTENTION = Duration.ofSeconds(5);

    /** Within which time that must happen: now and then, two meet by chance. */
    private static final Duration TWICE = Duration.ofMillis(500);

    /** How often to look when it can be this writer's turn at any moment, and otherwise. */
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(1);

    private static final Duration LONGEST_PAUSE = Duration.ofMillis(10);
    private static final Duration BEFORE_ASKING_THE_TIME = Duration.ofMillis(200);

    private static final Bson LEASE = Filters.eq(Fields.POSITION, "lease");
    private static final String HOLDER = "holder";
    private static final String TERM = "term";
    private static final String SEEN = "seen";
    private static final String WAITING = "waiting";
    private static final String NOBODY = "";

    private final MongoDatabase database;
    private final MongoCollection<Document> state;
    private final String self = UUID.randomUUID().toString();
    private long contendedUntil = System.nanoTime();
    private long beatenAt = System.nanoTime() - TWICE.toNanos();
    private boolean held;
    private boolean waiting;
    private long heldSince;

    WriterLease(MongoDatabase database) {
        this.database = database;
        this.state =
                database.getCollection(LogDatabase.STATE)
                        .withWriteConcern(WriteConcern.W1)
                        .withReadConcern(ReadConcern.LOCAL);
    }

    /** As {@link dev.cadastre.eventstore.commit.SharedStore#awaitTurn}. */
    boolean awaitTurn(Runnable meanwhile) {
        long now = System.nanoTime();
        try {
            if (held && now - heldSince < TURN.toNanos()) {
                return false;
            }
            if (held) {
                handOver(true);
                if (held) {
                    return false;
                }
            }
            if (now - contendedUntil >= 0) {
                return false;
            }
            acquire(meanwhile);
            return true;
        } catch (MongoException e) {
            LOGGER.debug("No turn", e);
            held = false;
            return false;
        }
    }

    void beaten() {
        long now = System.nanoTime();
        if (now - beatenAt < TWICE.toNanos()) {
            contendedUntil = now + CONTENTION.toNanos();
        }
        beatenAt = now;
    }

    void passTurn() {
        try {
            if (held) {
                handOver(false);
            } else if (waiting) {
                state.updateOne(LEASE, Updates.pull(WAITING, self));
            }
            waiting = false;
        } catch (MongoException e) {
            LOGGER.debug("The lease was not passed on", e);
        } finally {
            held = false;
        }
    }

    private void acquire(Runnable meanwhile) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        long termSince = System.nanoTime();
        long term = -1;
        while (true) {
            Document lease = state.find(LEASE).first();
            Duration pause = SHORTEST_PAUSE;
            if (lease == null) {
                makeLease();
            } else {
                if (self.equals(lease.getString(HOLDER))) {
                    hold();
                    return;
                }
                if (lease.getLong(TERM) != term) {
                    term = lease.getLong(TERM);
                    termSince = System.nanoTime();
                }
                Duration age = Duration.ofNanos(System.nanoTime() - termSince);
                boolean old = age.compareTo(BEFORE_ASKING_THE_TIME) > 0 && isExpired(lease);
                if ((old || lease.getString(HOLDER).equals(NOBODY)) && take(lease)) {
                    hold();
                    return;
                }
                if (!waiting) {
                    state.updateOne(LEASE, Updates.addToSet(WAITING, self));
                    waiting = true;
                }
                pause = pause(lease, age);
            }
            meanwhile.run();
            if (System.nanoTime() - end > 0) {
                return;
            }
            LockSupport.parkNanos(pause.toNanos());
        }
    }

    private Duration pause(Document lease, Duration age) {
        List<String> queue = lease.getList(WAITING, String.class);
        boolean next = queue.isEmpty() || queue.getFirst().equals(self);
        // The turn may be older by as much as the last pause.
        boolean soon = age.plus(LONGEST_PAUSE).plus(LONGEST_PAUSE).compareTo(TURN) >= 0;
        return next && soon ? SHORTEST_PAUSE : LONGEST_PAUSE;
    }

    private void hold() {
        held = true;
        waiting = false;
        heldSince = System.nanoTime();
    }

    private void makeLease() {
        try {
            state.insertOne(
                    new Document(Fields.POSITION, "lease")
                            .append(HOLDER, NOBODY)
                            .append(TERM, 0L)
                            .append(WAITING, List.of()));
        } catch (MongoWriteException e) {
            LOGGER.debug("Another process made the lease", e);
        }
    }

    private boolean take(Document lease) {
        return change(lease, self) != null;
    }

    /** Gives the lease to who waits longest; otherwise keeps it, or lets go of it. */
    private void handOver(boolean keep) {
        Document lease = state.find(Filters.and(LEASE, Filters.eq(HOLDER, self))).first();
        held = false;
        if (lease != null) {
            List<String> others = lease.getList(WAITING, String.class);
            if (!others.isEmpty()) {
                contendedUntil = System.nanoTime() + CONTENTION.toNanos();
            }
            String next = others.isEmpty() ? (keep ? self : NOBODY) : others.getFirst();
            if (change(lease, next) != null && next.equals(self)) {
                hold();
            }
        }
    }

    private @Nullable Document change(Document lease, String holder) {
        return state.findOneAndUpdate(
                Filters.and(LEASE, Filters.eq(TERM, lease.getLong(TERM))),
                Updates.combine(
                        Updates.set(HOLDER, holder),
                        Updates.inc(TERM, 1L),
                        Updates.pull(WAITING, holder),
                        Updates.currentDate(SEEN)),
                new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER));
    }

    private boolean isExpired(Document lease) {
        return lease.getDate(SEEN) == null
                || databaseTime() - lease.getDate(SEEN).getTime() > EXPIRY.toMillis();
    }

    private long databaseTime() {
        Document answer;
        try {
            answer = database.runCommand(new Document("hello", 1));
        } catch (MongoCommandException e) {
            answer = database.runCommand(new Document("isMaster", 1));
        }
        return answer.getDate("localTime").getTime();
    }
}
