package dev.cadastre.query.versions.mongodb;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Sorts.descending;
import static dev.cadastre.query.versions.mongodb.Failures.translated;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.WriteModel;
import dev.cadastre.query.shared.mongodb.MongoClaim;
import dev.cadastre.query.shared.mongodb.Upserts;
import dev.cadastre.query.versions.store.CurrentRow;
import dev.cadastre.query.versions.store.CurrentStore;
import dev.cadastre.query.versions.store.CurrentTable;
import dev.cadastre.query.versions.store.CurrentToken;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * The current register in two collections; the format is {@code docs/formats/current-register.md}.
 * Each document says at which coordinates it was written and is replaced by later ones only, so
 * that a process which sleeps in the middle of writing cannot put an old state in place of a new
 * one. For the same reason what is removed stays, marked.
 */
final class MongoCurrentStore implements CurrentStore {

    private static final String WRITTEN = "written";
    private static final String GENERATION = "written.generation";
    private static final String POSITION = "written.position";
    private static final String AS_OF = "written.asOf";
    private static final ReplaceOptions UPSERT = new ReplaceOptions().upsert(true);
    private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);

    private final MongoClaim claim;
    private final MongoTiming timing;
    private final TokenDocument tokens;
    private final Map<CurrentTable, MongoCollection<Document>> collections =
            new EnumMap<>(CurrentTable.class);
    private long generation;
    private boolean claimed;

    private MongoCurrentStore(MongoDatabase database, MongoClaim claim, MongoTiming timing) {
        this.claim = claim;
        this.timing = timing;
        this.tokens = new TokenDocument(database, "current");
        for (CurrentTable table : CurrentTable.values()) {
            collections.put(table, database.getCollection(table.label()));
        }
        collections.get(CurrentTable.CIS).createIndex(Indexes.ascending("relations.to"));
        place();
    }

    static MongoCurrentStore open(MongoDatabase database, MongoClaim claim, MongoTiming timing) {
        return translated("be opened", () -> new MongoCurrentStore(database, claim, timing));
    }

    @Override
    public boolean isClaimed() {
        return translated(
                "take the claim",
                () -> {
                    boolean before = claimed;
                    claimed = claim.isHeld();
                    if (claimed && !before) {
                        place();
                        sweep();
                    }
                    return claimed;
                });
    }

    @Override
    public boolean isClaimedByAnother() {
        return translated("look who has the claim", claim::isHeldByAnother);
    }

    private CurrentToken place() {
        TokenDocument.Placed placed = tokens.read(this::unused);
        generation = placed.generation();
        return placed.token();
    }

    /** Deletes what somebody of an earlier generation has written late. */
    private void sweep() {
        for (MongoCollection<Document> rows : collections.values()) {
            rows.deleteMany(lt(GENERATION, generation));
        }
    }

    private long unused() {
        long latest = -1;
        for (MongoCollection<Document> rows : collections.values()) {
            Document last = rows.find().sort(descending(GENERATION)).first();
            if (last != null) {
                latest = Math.max(latest, last.get(WRITTEN, Document.class).getLong("generation"));
            }
        }
        return latest + 1;
    }

    @Override
    public CurrentToken token() {
        return translated("read the token", this::place);
    }

    @Override
    public void write(Iterator<List<CurrentRow>> rows, CurrentToken token) {
        translated(
                "write what is current",
                () -> {
                    while (rows.hasNext()) {
                        replace(rows.next(), token);
                    }
                    tokens.advance(generation, token);
                    return token;
                });
    }

    private void replace(List<CurrentRow> rows, CurrentToken token) {
        Document written =
                new Document("generation", generation)
                        .append("position", token.position())
                        .append("asOf", token.asOf());
        Map<CurrentTable, List<WriteModel<Document>>> writes = new EnumMap<>(CurrentTable.class);
        for (CurrentRow row : rows) {
            writes.computeIfAbsent(row.table(), _ -> new ArrayList<>())
                    .add(
                            new ReplaceOneModel<>(
                                    Upserts.of(row.id(), writtenBefore(token)),
                                    CurrentDocument.of(row).append(WRITTEN, written),
                                    UPSERT));
        }
        writes.forEach((table, models) -> replaceAll(collections.get(table), models));
    }

    private Bson writtenBefore(CurrentToken token) {
        return or(
                lt(GENERATION, generation),
                and(
                        eq(GENERATION, generation),
                        or(
                                lt(POSITION, token.position()),
                                and(eq(POSITION, token.position()), lt(AS_OF, token.asOf())))));
    }

    /** Where a document is later already it does not match, and there cannot be a second one. */
    private static void replaceAll(
            MongoCollection<Document> rows, List<WriteModel<Document>> models) {
        try {
            rows.bulkWrite(models, UNORDERED);
        } catch (MongoBulkWriteException e) {
            Failures.throwUnlessDuplicates(e);
        }
    }

    @Override
    public void clear() {
        translated(
                "be cleared",
                () -> {
                    claim.seize();
                    TokenDocument.Placed begun = tokens.beginAnew(generation);
                    generation =
                            begun != null
                                    ? begun.generation()
                                    : tokens.read(this::unused).generation();
                    sweep();
                    return generation;
                });
    }

    @Override
    public Duration lead() {
        return timing.lead();
    }

    @Override
    public void close() {
        claim.close();
    }
}
