package dev.cadastre.query.versions.mongodb;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.setOnInsert;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.UpdateOptions;
import dev.cadastre.query.versions.store.CurrentToken;
import java.util.function.LongSupplier;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;

/**
 * How far something is written, shared by all who write it. It only moves forward within a
 * generation; whoever begins anew begins a new generation, which those of the old one notice.
 */
final class TokenDocument {

    private static final String GENERATION = "generation";
    private static final String POSITION = "position";
    private static final String ROOT = "root";
    private static final String AS_OF = "asOf";

    /** A token and the generation it is of. */
    record Placed(long generation, CurrentToken token) {

        private static Placed of(Document document) {
            return new Placed(
                    document.getLong(GENERATION),
                    new CurrentToken(
                            document.getLong(POSITION),
                            document.get(ROOT, Binary.class).getData(),
                            document.getLong(AS_OF)));
        }
    }

    private final MongoCollection<Document> tokens;
    private final String name;

    TokenDocument(MongoDatabase database, String name) {
        this.tokens = database.getCollection("tokens");
        this.name = name;
    }

    /**
     * Reads it, or makes it.
     *
     * @param unused a generation of which nothing can be left behind
     */
    Placed read(LongSupplier unused) {
        Document found = tokens.find(eq("_id", name)).first();
        if (found == null) {
            tokens.updateOne(
                    eq("_id", name),
                    combine(
                            setOnInsert(GENERATION, unused.getAsLong()),
                            setOnInsert(POSITION, CurrentToken.NOTHING.position()),
                            setOnInsert(ROOT, new Binary(CurrentToken.NOTHING.root())),
                            setOnInsert(AS_OF, CurrentToken.NOTHING.asOf())),
                    new UpdateOptions().upsert(true));
            found = tokens.find(eq("_id", name)).first();
        }
        if (found == null) {
            throw new IllegalStateException("the token " + name + " was deleted at once");
        }
        return Placed.of(found);
    }

    /** Moves it forward; leaves it where it is if it is as far already or of another generation. */
    void advance(long generation, CurrentToken to) {
        tokens.updateOne(
                and(eq("_id", name), eq(GENERATION, generation), before(to)), combine(values(to)));
    }

    /** The filter of what was reached before these coordinates. */
    private static Bson before(CurrentToken to) {
        return or(
                lt(POSITION, to.position()),
                and(eq(POSITION, to.position()), lt(AS_OF, to.asOf())));
    }

    /**
     * Begins a new generation at the beginning.
     *
     * @return null if somebody else did so first
     */
    @Nullable Placed beginAnew(long generation) {
        Document begun =
                tokens.findOneAndUpdate(
                        and(eq("_id", name), eq(GENERATION, generation)),
                        combine(combine(values(CurrentToken.NOTHING)), inc(GENERATION, 1L)),
                        new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER));
        return begun == null ? null : Placed.of(begun);
    }

    private static Bson[] values(CurrentToken token) {
        return new Bson[] {
            set(POSITION, token.position()),
            set(ROOT, new Binary(token.root())),
            set(AS_OF, token.asOf())
        };
    }
}
