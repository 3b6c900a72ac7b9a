package dev.cadastre.query.register.projection;

import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.query.register.bodies.Bodies;
import dev.cadastre.query.register.bodies.PendingBody;
import dev.cadastre.query.shared.time.Horizon;
import dev.cadastre.query.shared.time.LogView;
import dev.cadastre.query.temporal.CommitChanges;
import dev.cadastre.query.temporal.TemporalIndex;
import dev.cadastre.query.temporal.View;
import dev.cadastre.query.versions.store.TrackingToken;
import dev.cadastre.query.versions.store.VersionStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the temporal index and the version store up to the log. Three threads pass on what they
 * have done: one reads and decodes commits, one brings timelines forward and shows whole commits to
 * readers, one writes bodies. Bodies on their way are readable already, so nobody waits for them.
 *
 * <p>On a log that contradicts itself it stops following, says so in its status and in the log
 * file, and goes on answering from what it has.
 */
public final class RegisterProjection implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RegisterProjection.class);
    private static final long CLOSING_MILLISECONDS = 6_000;
    private static final List<DecodedCommit> END = List.of();

    private final EventLog log;
    private final TemporalIndex index;
    private final Bodies bodies;
    private final ProjectionLimits limits;
    private final IndexImage image;
    private final long bodiesUntil;
    private final CommitReader reader;
    private final Projector projector;
    private final BodyWriter writer;
    private final BlockingQueue<List<DecodedCommit>> decoded = new ArrayBlockingQueue<>(4);
    private final Thread reading = new Thread(this::read, "register-reader");
    private final Thread folding = new Thread(this::fold, "register-fold");
    private final Set<Runnable> listeners = ConcurrentHashMap.newKeySet();
    private EventLog.@Nullable Registration bell;
    private volatile Horizon horizon;
    private volatile @Nullable String failure;
    private volatile boolean closing;
    private long imagePosition;

    private RegisterProjection(
            EventLog log,
            VersionStore store,
            Bodies bodies,
            IndexImage image,
            ProjectionLimits limits,
            Beginning beginning) {
        this.log = log;
        this.index = beginning.index();
        this.bodies = bodies;
        this.limits = limits;
        this.image = image;
        this.bodiesUntil = beginning.bodiesUntil();
        this.horizon = index.read(RegisterProjection::horizonOf);
        this.imagePosition = horizon.position();
        this.reader =
                new CommitReader(
                        log, horizon.position() + 1, beginning.previous(), limits.batchEvents());
        this.projector = new Projector(log, index, limits.cachedBytes());
        this.writer = new BodyWriter(store, bodies, bodiesUntil, this::stop);
    }

    /**
     * Begins with what was saved, as far as the log agrees with it, and follows the log from there.
     *
     * @param store written by this projection alone; whoever opened it closes it after this
     * @param image file of the index image
     */
    public static RegisterProjection start(
            EventLog log, VersionStore store, Bodies bodies, Path image, ProjectionLimits limits) {
        IndexImage saved = new IndexImage(image);
        RegisterProjection projection =
                new RegisterProjection(
                        log, store, bodies, saved, limits, Beginning.of(log, store, saved));
        LOG.info(
                "The register is at position {} of {}",
                projection.horizon.position(),
                log.head().size() - 1);
        projection.bell = log.onCommit(projection.reader::ring);
        projection.writer.start();
        projection.folding.start();
        projection.reading.start();
        return projection;
    }

    public TemporalIndex index() {
        return index;
    }

    public Horizon horizon() {
        return horizon;
    }

    public ProjectionStatus status() {
        return new ProjectionStatus(
                horizon.position(), writer.stored(), log.head().size() - 1, failure);
    }

    /**
     * Waits until answers include the position.
     *
     * @return false if they do not after the time, or if the projection has stopped following
     */
    public boolean await(long position, Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        synchronized (this) {
            while (horizon.position() < position) {
                long left = end - System.nanoTime();
                if (left <= 0 || failure != null || closing) {
                    return false;
                }
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
            return true;
        }
    }

    /**
     * Has the listener called, on the folding thread and therefore briefly, each time answers
     * include more.
     */
    public LogView.Registration onAdvance(Runnable listener) {
        // As an object of its own, for the same listener may come twice.
        Runnable registered = listener::run;
        listeners.add(registered);
        return () -> listeners.remove(registered);
    }

    /** Whether it has been closed, or is being closed. */
    public boolean isClosed() {
        return closing;
    }

    /** Waits until all bodies of what answers include are in the version store. */
    public void awaitBodies() throws InterruptedException {
        writer.awaitStored(horizon.position());
    }

    /** Stops following, lets bodies reach the store, and saves the index image. */
    @Override
    public void close() {
        if (closing) {
            return;
        }
        closing = true;
        try {
            if (bell != null) {
                bell.close();
            }
            reading.interrupt();
            reading.join();
            // After a failure nobody takes what is left.
            if (folding.isAlive()
                    && !decoded.offer(END, CLOSING_MILLISECONDS, TimeUnit.MILLISECONDS)) {
                folding.interrupt();
            }
            folding.join(CLOSING_MILLISECONDS);
            folding.interrupt();
            folding.join();
            writer.finish(CLOSING_MILLISECONDS);
            if (writer.stored() >= horizon.position() && imagePosition < horizon.position()) {
                image.save(index);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            notifyAll();
        }
    }

    private void read() {
        try {
            while (!closing) {
                decoded.put(reader.take());
            }
        } catch (InterruptedException whenClosing) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            stop(e);
        }
    }

    private void fold() {
        try {
            for (List<DecodedCommit> commits = decoded.take();
                    commits != END;
                    commits = decoded.take()) {
                apply(commits);
                saveImageWhenDue();
            }
        } catch (InterruptedException whenClosing) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            stop(e);
        }
    }

    private void apply(List<DecodedCommit> commits) throws InterruptedException {
        List<CommitChanges> changes = new ArrayList<>(commits.size());
        List<PendingBody> pending = new ArrayList<>();
        for (DecodedCommit commit : commits) {
            Projector.Projected projected =
                    projector.project(commit, commit.lastPosition() > bodiesUntil);
            changes.add(projected.changes());
            pending.addAll(projected.bodies());
        }
        DecodedCommit last = commits.getLast();
        bodies.announce(pending);
        index.apply(changes, last.root());
        synchronized (this) {
            horizon = new Horizon(last.lastPosition(), last.recordedAt());
            notifyAll();
        }
        listeners.forEach(Runnable::run);
        if (last.lastPosition() > bodiesUntil) {
            writer.put(
                    new BodyWriter.Batch(
                            pending, new TrackingToken(last.lastPosition(), last.root())));
        }
    }

    private void saveImageWhenDue() throws InterruptedException {
        long position = horizon.position();
        if (position - imagePosition >= limits.imageEvery()) {
            // An image is of use only where the store has all of its bodies.
            writer.awaitStored(position);
            image.save(index);
            imagePosition = position;
        }
    }

    private void stop(RuntimeException e) {
        if (closing) {
            return;
        }
        LOG.error(
                "The register no longer follows the log. It answers as of position {}.",
                horizon.position(),
                e);
        synchronized (this) {
            failure = e.getMessage() == null ? e.toString() : e.getMessage();
            notifyAll();
        }
    }

    private static Horizon horizonOf(View view) {
        return view.position() < 0
                ? Horizon.NOTHING
                : new Horizon(view.position(), view.recordedAt());
    }
}
