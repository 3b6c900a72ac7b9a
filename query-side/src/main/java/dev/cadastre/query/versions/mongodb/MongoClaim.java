package dev.cadastre.query.versions.mongodb;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import java.time.Duration;
import java.util.Date;
import java.util.UUID;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which of several processes does the work that need be done once only. A lease by the clock of the
 * database: whoever does not renew it in time loses it. It saves work and protects nothing, for a
 * process may sleep between asking and writing; what is written guards itself. Thread-safe.
 */
final class MongoClaim implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MongoClaim.class);
    private static final String NAME = "register";
    private static final String HOLDER = "holder";
    private static final String EPOCH = "epoch";
    private static final String EXPIRES = "expires";
    private static final int COMMAND_NOT_FOUND = 59;
    private static final String OLD_GREETING = "isMaster";
    private static final FindOneAndUpdateOptions AFTER =
            new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER);
    private static final FindOneAndUpdateOptions UPSERT =
            new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER).upsert(true);

    private final MongoDatabase database;
    private final MongoCollection<Document> claims;
    private final Duration lease;
    private final String holder = UUID.randomUUID().toString();
    private boolean held;
    private long epoch = -1;
    private long askAgain = System.nanoTime();
    private String greeting = "hello";

    MongoClaim(MongoDatabase database, Duration lease) {
        this.database = database;
        this.claims = database.getCollection("claims");
        this.lease = lease;
    }

    /**
     * Whether this process has the claim; takes it if nobody has. Asks the database only now and
     * then, well within the lease.
     */
    synchronized boolean isHeld() {
        long now = System.nanoTime();
        if (now - askAgain >= 0) {
            settle(takeOrRenew(), now);
        }
        return held;
    }

    /** Takes it from whoever has it, for that one knows nothing of what is to be done now. */
    synchronized void seize() {
        long asked = System.nanoTime();
        settle(claims.findOneAndUpdate(eq("_id", NAME), taken(now()), UPSERT), asked);
    }

    private void settle(@Nullable Document claim, long asked) {
        boolean before = held;
        held = claim != null;
        if (claim != null && claim.getLong(EPOCH) != epoch) {
            epoch = claim.getLong(EPOCH);
            LOG.info("This process writes the register's collections (epoch {})", epoch);
        } else if (before && !held) {
            LOG.info("Another process writes the register's collections now");
        }
        askAgain = asked + lease.dividedBy(held ? 3 : 10).toNanos();
    }

    private @Nullable Document takeOrRenew() {
        Date now = now();
        Document renewed =
                claims.findOneAndUpdate(
                        and(eq("_id", NAME), eq(HOLDER, holder)), set(EXPIRES, end(now)), AFTER);
        if (renewed != null) {
            return renewed;
        }
        try {
            // Where another process has it, this finds nothing to change and cannot add a second.
            return claims.findOneAndUpdate(
                    and(eq("_id", NAME), or(lt(EXPIRES, now), eq(HOLDER, null))),
                    taken(now),
                    UPSERT);
        } catch (MongoException e) {
            if (Failures.isDuplicate(e.getCode())) {
                return null;
            }
            throw e;
        }
    }

    private Bson taken(Date now) {
        return combine(set(HOLDER, holder), set(EXPIRES, end(now)), inc(EPOCH, 1L));
    }

    private Date end(Date now) {
        return new Date(now.getTime() + lease.toMillis());
    }

    /** The clock of the database, so that those of the processes need not agree. */
    private Date now() {
        try {
            return database.runCommand(new Document(greeting, 1)).getDate("localTime");
        } catch (MongoCommandException e) {
            if (e.getErrorCode() != COMMAND_NOT_FOUND || greeting.equals(OLD_GREETING)) {
                throw e;
            }
            greeting = OLD_GREETING;
            return now();
        }
    }

    /** Lets the next process have it at once. */
    @Override
    public synchronized void close() {
        try {
            claims.updateOne(
                    and(eq("_id", NAME), eq(HOLDER, holder)),
                    combine(set(HOLDER, null), set(EXPIRES, new Date(0))));
        } catch (MongoException e) {
            LOG.debug("The claim runs out by itself", e);
        }
        held = false;
    }
}
