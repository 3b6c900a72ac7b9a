package dev.cadastre.query.shared.mongodb;

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
import dev.cadastre.query.shared.claims.Claim;
import java.time.Duration;
import java.util.Date;
import java.util.OptionalLong;
import java.util.UUID;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A claim in a document of the collection {@code claims}: a lease by the clock of the database. It
 * protects nothing, for a process may sleep between asking and writing; what is written guards
 * itself.
 */
public final class MongoClaim implements Claim {

    private static final Logger LOG = LoggerFactory.getLogger(MongoClaim.class);
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
    private final String name;
    private final Duration lease;
    private final String holder = UUID.randomUUID().toString();
    private volatile @Nullable Tenure tenure;
    private long askAgain = System.nanoTime();
    private String greeting = "hello";

    /**
     * @param until when the lease ends at the latest, by this process's monotonic clock
     */
    private record Tenure(long epoch, long until) {}

    /**
     * @param name of the work that is claimed, and of the document
     * @param lease after which a claim that was not renewed is free
     */
    public MongoClaim(SharedDatabase shared, String name, Duration lease) {
        this.database = shared.database();
        this.claims = database.getCollection("claims");
        this.name = name;
        this.lease = lease;
    }

    /**
     * {@inheritDoc} The database is asked well within the lease.
     *
     * @throws MongoException if it cannot be told now
     */
    @Override
    public synchronized boolean isHeld() {
        long now = System.nanoTime();
        if (now - askAgain >= 0) {
            settle(takeOrRenew(), now);
        }
        return tenure != null;
    }

    @Override
    public OptionalLong epoch() {
        Tenure now = tenure;
        return now == null || System.nanoTime() - now.until() >= 0
                ? OptionalLong.empty()
                : OptionalLong.of(now.epoch());
    }

    /**
     * Whether another process has it at this moment. Asks the database and takes nothing.
     *
     * @throws MongoException if it cannot be told now
     */
    public synchronized boolean isHeldByAnother() {
        Document claim = claims.find(eq("_id", name)).first();
        return claim != null
                && claim.getString(HOLDER) != null
                && !claim.getString(HOLDER).equals(holder)
                && !claim.getDate(EXPIRES).before(now());
    }

    /** Takes it from whoever has it, for that one knows nothing of what is to be done now. */
    public synchronized void seize() {
        long asked = System.nanoTime();
        settle(claims.findOneAndUpdate(eq("_id", name), taken(now()), UPSERT), asked);
    }

    /**
     * @param asked before the database's clock was read, so that the lease ends here no later than
     *     there
     */
    private void settle(@Nullable Document claim, long asked) {
        Tenure before = tenure;
        if (claim != null) {
            long epoch = claim.getLong(EPOCH);
            tenure = new Tenure(epoch, asked + lease.toNanos());
            if (before == null || before.epoch() != epoch) {
                LOG.info("This process has the claim \"{}\" now (epoch {})", name, epoch);
            }
        } else {
            tenure = null;
            if (before != null) {
                LOG.info("Another process has the claim \"{}\" now", name);
            }
        }
        askAgain = asked + lease.dividedBy(claim != null ? 3 : 10).toNanos();
    }

    private @Nullable Document takeOrRenew() {
        Date now = now();
        Document renewed =
                claims.findOneAndUpdate(
                        and(eq("_id", name), eq(HOLDER, holder)), set(EXPIRES, end(now)), AFTER);
        if (renewed != null) {
            return renewed;
        }
        try {
            // Where another process has it, this finds nothing to change and cannot add a second.
            return claims.findOneAndUpdate(
                    Upserts.of(name, or(lt(EXPIRES, now), eq(HOLDER, null))), taken(now), UPSERT);
        } catch (MongoException e) {
            if (MongoFailures.isDuplicate(e.getCode())) {
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

    @Override
    public synchronized void close() {
        tenure = null;
        try {
            claims.updateOne(
                    and(eq("_id", name), eq(HOLDER, holder)),
                    combine(set(HOLDER, null), set(EXPIRES, new Date(0))));
        } catch (MongoException e) {
            LOG.debug("The claim runs out by itself", e);
        }
    }
}
