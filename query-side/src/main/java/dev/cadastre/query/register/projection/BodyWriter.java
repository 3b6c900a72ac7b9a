package dev.cadastre.query.register.projection;

import dev.cadastre.query.register.bodies.Bodies;
import dev.cadastre.query.register.bodies.PendingBody;
import dev.cadastre.query.versions.store.Body;
import dev.cadastre.query.versions.store.StoreReplaced;
import dev.cadastre.query.versions.store.TrackingToken;
import dev.cadastre.query.versions.store.VersionStore;
import dev.cadastre.query.versions.store.VersionStoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes bodies into the version store on a thread of its own. What is handed over while a
 * transaction runs goes into the next one. If the store cannot write, it is asked again until it
 * can: what waits is bounded, so the index waits meanwhile. On a store that another process has
 * begun anew it gives up.
 */
final class BodyWriter {

    private static final Logger LOG = LoggerFactory.getLogger(BodyWriter.class);
    private static final int MOST_BODIES = 20_000;

    /** Bodies handed over and not yet written: small commits do not wait while a store pauses. */
    private static final int MOST_WAITING = 40_000;

    private static final long LOOK_AT_STORE_SECONDS = 1;

    /** Bodies, and the end of the commits that they belong to. */
    record Batch(List<PendingBody> bodies, TrackingToken token) {

        private static final Batch END = new Batch(List.of(), TrackingToken.NOTHING);

        private int weight() {
            return Math.clamp(bodies.size(), 1, MOST_WAITING);
        }
    }

    private final VersionStore store;
    private final Bodies bodies;
    private final BlockingQueue<Batch> queue = new LinkedBlockingQueue<>();
    private final Semaphore room = new Semaphore(MOST_WAITING);
    private final Thread thread = new Thread(this::run, "register-bodies");
    private final Consumer<RuntimeException> onFailure;
    private volatile boolean givingUp;
    private volatile @Nullable RuntimeException failure;
    private long stored;

    /**
     * @param stored position up to which the store has the bodies
     * @param onFailure told, once, why nothing more can be written
     */
    BodyWriter(
            VersionStore store, Bodies bodies, long stored, Consumer<RuntimeException> onFailure) {
        this.store = store;
        this.bodies = bodies;
        this.stored = stored;
        this.onFailure = onFailure;
    }

    void start() {
        thread.start();
    }

    /**
     * Hands over what is to be written; waits for room.
     *
     * @throws RuntimeException why nothing more can be written
     */
    void put(Batch batch) throws InterruptedException {
        room.acquire(batch.weight());
        throwIfFailed();
        queue.put(batch);
    }

    private void throwIfFailed() {
        RuntimeException why = failure;
        if (why != null) {
            throw why;
        }
    }

    /** The last position whose bodies are in the store. */
    synchronized long stored() {
        return stored;
    }

    /**
     * Waits until the store has the bodies up to a position.
     *
     * @throws RuntimeException why nothing more can be written
     */
    synchronized void awaitStored(long position) throws InterruptedException {
        while (stored < position) {
            throwIfFailed();
            wait();
        }
    }

    /** Writes what was handed over, then ends; gives up if that takes too long. */
    void finish(long milliseconds) throws InterruptedException {
        if (!thread.isAlive() || queue.offer(Batch.END, milliseconds, TimeUnit.MILLISECONDS)) {
            thread.join(milliseconds);
        }
        givingUp = true;
        thread.interrupt();
        thread.join();
    }

    private void run() {
        try {
            boolean more = true;
            while (more) {
                more = writeNext();
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            synchronized (this) {
                failure = e;
                notifyAll();
            }
            room.release(2 * MOST_WAITING);
            onFailure.accept(e);
        }
    }

    /** Writes all that waits; says whether more may come. */
    private boolean writeNext() throws InterruptedException {
        Batch batch = queue.poll(LOOK_AT_STORE_SECONDS, TimeUnit.SECONDS);
        if (batch == null) {
            lookAtStore();
            return true;
        }
        List<PendingBody> pending = new ArrayList<>();
        TrackingToken token = TrackingToken.NOTHING;
        int weight = 0;
        while (batch != null && batch != Batch.END) {
            pending.addAll(batch.bodies());
            token = batch.token();
            weight += batch.weight();
            batch = pending.size() < MOST_BODIES ? queue.poll() : null;
        }
        if (token.position() >= 0) {
            write(pending, token);
            room.release(weight);
        }
        return batch != Batch.END;
    }

    /** A store that others write may have been begun anew by one of them. */
    private void lookAtStore() {
        if (store.lead().isPositive()) {
            try {
                store.token();
            } catch (StoreReplaced e) {
                throw e;
            } catch (VersionStoreException e) {
                LOG.debug("The version store does not answer; whoever needs it says so", e);
            }
        }
    }

    private void write(List<PendingBody> pending, TrackingToken token) throws InterruptedException {
        List<Body> written = new ArrayList<>(pending.size());
        pending.forEach(body -> written.add(body.body()));
        boolean told = false;
        for (long pause = 100;
                !tryToWrite(written, token, told);
                pause = Math.min(2 * pause, 5_000)) {
            told = true;
            if (givingUp) {
                throw new InterruptedException();
            }
            Thread.sleep(pause);
        }
        bodies.stored(pending);
        synchronized (this) {
            stored = token.position();
            notifyAll();
        }
    }

    /**
     * @param told whether the operator knows already that the store cannot write
     */
    private boolean tryToWrite(List<Body> written, TrackingToken token, boolean told) {
        try {
            store.write(written, token);
            return true;
        } catch (StoreReplaced e) {
            throw e;
        } catch (VersionStoreException e) {
            if (!told) {
                LOG.error(
                        "Bodies up to position {} cannot be written; trying again",
                        token.position(),
                        e);
            }
            return false;
        }
    }
}
