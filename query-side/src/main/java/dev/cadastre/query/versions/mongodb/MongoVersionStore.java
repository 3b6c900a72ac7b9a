package dev.cadastre.query.versions.mongodb;

import static dev.cadastre.query.versions.mongodb.Failures.translated;

import com.mongodb.client.MongoDatabase;
import dev.cadastre.query.shared.mongodb.MongoClaim;
import dev.cadastre.query.versions.store.Body;
import dev.cadastre.query.versions.store.BodyKey;
import dev.cadastre.query.versions.store.CurrentToken;
import dev.cadastre.query.versions.store.MissingBody;
import dev.cadastre.query.versions.store.StoreReplaced;
import dev.cadastre.query.versions.store.TrackingToken;
import dev.cadastre.query.versions.store.VersionStore;
import dev.cadastre.query.versions.store.VersionStoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The version store in a MongoDB database, shared by all processes that follow the log; the format
 * is {@code docs/formats/version-store.md}. Bodies are written first, the token last. The process
 * with the claim writes; another one waits for it and writes itself only where that takes long,
 * which costs work and is right all the same.
 */
final class MongoVersionStore implements VersionStore {

    private static final long LONGEST_PAUSE_MILLISECONDS = 50;
    private static final String REMEDY =
            "Stop the query-side processes, delete the document \"versions\" of the collection"
                    + " tokens and start them again: the bodies are rebuilt from the log.";

    private final MongoDatabase database;
    private final MongoClaim claim;
    private final MongoTiming timing;
    private final TokenDocument tokens;
    private volatile Generation generation;

    private record Generation(long number, BodyCollection bodies) {}

    private MongoVersionStore(MongoDatabase database, MongoClaim claim, MongoTiming timing) {
        this.database = database;
        this.claim = claim;
        this.timing = timing;
        this.tokens = new TokenDocument(database, "versions");
        this.generation = open(tokens.read(() -> BodyCollection.unused(database)));
    }

    /**
     * Opens the store, or makes it.
     *
     * @param claim whether this process goes first
     */
    static MongoVersionStore open(MongoDatabase database, MongoClaim claim, MongoTiming timing) {
        return translated("be opened", () -> new MongoVersionStore(database, claim, timing));
    }

    private Generation open(TokenDocument.Placed placed) {
        BodyCollection.dropBefore(database, placed.generation());
        return new Generation(
                placed.generation(), BodyCollection.open(database, placed.generation()));
    }

    @Override
    public TrackingToken token() {
        return translated("read the token", this::stored).read();
    }

    private CurrentToken stored() {
        TokenDocument.Placed placed = tokens.read(() -> generation.number() + 1);
        if (placed.generation() != generation.number()) {
            throw new StoreReplaced();
        }
        return placed.token();
    }

    @Override
    public void write(List<Body> bodies, TrackingToken token) {
        translated(
                "write",
                () -> {
                    if (!isWrittenByAnother(token)) {
                        generation.bodies().add(bodies);
                        tokens.advance(
                                generation.number(),
                                new CurrentToken(token.position(), token.root(), Long.MIN_VALUE));
                        // Had another one begun anew meanwhile, the token would not have moved.
                        stored();
                    }
                    return token;
                });
    }

    /** Leaves it to the process with the claim, as long as that is quick. */
    private boolean isWrittenByAnother(TrackingToken token) {
        long end = System.nanoTime() + timing.courtesy().toNanos();
        for (long pause = 2; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MILLISECONDS)) {
            TrackingToken stored = stored().read();
            if (stored.position() == token.position() && !stored.equals(token)) {
                throw new StoreReplaced();
            }
            if (stored.position() >= token.position()) {
                return true;
            }
            if (claim.isHeld() || System.nanoTime() - end >= 0) {
                return false;
            }
            try {
                Thread.sleep(pause);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new VersionStoreException("The wait for the version store was given up.", e);
            }
        }
    }

    @Override
    public List<byte[]> read(List<BodyKey> keys) {
        return translated(
                "read",
                () -> {
                    Map<BodyKey, byte[]> found = generation.bodies().read(keys);
                    List<byte[]> inOrder = new ArrayList<>(keys.size());
                    for (BodyKey key : keys) {
                        byte[] json = found.get(key);
                        if (json == null) {
                            stored();
                            throw new MissingBody(key, REMEDY);
                        }
                        inOrder.add(json);
                    }
                    return inOrder;
                });
    }

    /** Begins a new generation, unless another process just did: then takes part in that. */
    @Override
    public void clear() {
        translated(
                "be cleared",
                () -> {
                    claim.seize();
                    TokenDocument.Placed begun = tokens.beginAnew(generation.number());
                    generation =
                            open(
                                    begun != null
                                            ? begun
                                            : tokens.read(() -> generation.number() + 1));
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
