package dev.cadastre.query.webhooks.mongodb;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import dev.cadastre.query.shared.mongodb.MongoFailures;
import dev.cadastre.query.shared.mongodb.SharedDatabase;
import dev.cadastre.query.shared.mongodb.Upserts;
import dev.cadastre.query.webhooks.model.DeliveryState;
import dev.cadastre.query.webhooks.state.DeliveryStates;
import dev.cadastre.query.webhooks.state.TakenOver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * One document for each subscription, written by a majority and read from one; the format is {@code
 * docs/formats/webhook-deliveries.md}. A document bears the epoch that took it and the number of
 * its last write, and is changed only in that epoch and by a higher number: neither a process that
 * slept nor a write that was thought lost puts an older cursor over a newer one.
 */
public final class MongoDeliveryStates implements DeliveryStates {

    private static final String COLLECTION = "webhook_deliveries";
    private static final String EPOCH = "epoch";
    private static final String WRITE = "write";
    private static final FindOneAndUpdateOptions TAKING =
            new FindOneAndUpdateOptions().returnDocument(ReturnDocument.BEFORE).upsert(true);

    private final MongoCollection<Document> documents;
    private final AtomicLong writes = new AtomicLong();

    public MongoDeliveryStates(SharedDatabase shared) {
        this.documents = shared.database().getCollection(COLLECTION);
    }

    @Override
    public boolean isShared() {
        return true;
    }

    @Override
    public Optional<DeliveryState> find(String subscription) {
        return state(asking("read", () -> documents.find(eq("_id", subscription)).first()));
    }

    /** A document is made where there is none: a sleeper must find something to lose against. */
    @Override
    public Optional<DeliveryState> take(String subscription, long epoch) {
        return state(
                asking(
                        "take",
                        () -> {
                            try {
                                return documents.findOneAndUpdate(
                                        Upserts.of(subscription, lte(EPOCH, epoch)),
                                        combine(
                                                set(EPOCH, epoch),
                                                set(WRITE, writes.incrementAndGet())),
                                        TAKING);
                            } catch (MongoException e) {
                                if (MongoFailures.isDuplicate(e.getCode())) {
                                    throw takenOver(subscription, epoch);
                                }
                                throw e;
                            }
                        }));
    }

    @Override
    public void save(String subscription, long epoch, DeliveryState state) {
        long write = writes.incrementAndGet();
        long matched =
                asking(
                        "write",
                        () ->
                                documents
                                        .updateOne(
                                                and(
                                                        eq("_id", subscription),
                                                        eq(EPOCH, epoch),
                                                        lt(WRITE, write)),
                                                combine(
                                                        set(WRITE, write),
                                                        DeliveryDocument.of(state)))
                                        .getMatchedCount());
        if (matched == 0) {
            throw takenOver(subscription, epoch);
        }
    }

    @Override
    public void remove(String subscription) {
        asking("delete", () -> documents.deleteOne(eq("_id", subscription)));
    }

    private static Optional<DeliveryState> state(@Nullable Document document) {
        return document == null ? Optional.empty() : DeliveryDocument.read(document);
    }

    private static TakenOver takenOver(String subscription, long epoch) {
        return new TakenOver(
                "The webhook "
                        + subscription
                        + " was taken over from epoch "
                        + epoch
                        + ". If no other process delivers, the claim was set back: raise \"epoch\" of"
                        + " the document \"webhooks\" in the collection claims above all of "
                        + COLLECTION
                        + ".");
    }

    private static <T extends @Nullable Object> T asking(String what, Supplier<T> database) {
        try {
            return database.get();
        } catch (MongoException e) {
            throw new UncheckedIOException(
                    "cannot " + what + " where deliveries stand",
                    new IOException(e.getMessage(), e));
        }
    }
}
