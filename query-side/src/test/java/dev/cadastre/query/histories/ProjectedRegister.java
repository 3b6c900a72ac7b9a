package dev.cadastre.query.histories;

import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.query.register.bodies.Bodies;
import dev.cadastre.query.register.model.RegisterLists;
import dev.cadastre.query.register.model.RegisterQueries;
import dev.cadastre.query.register.projection.ProjectedLogView;
import dev.cadastre.query.register.projection.ProjectionLimits;
import dev.cadastre.query.register.projection.ProjectionStatus;
import dev.cadastre.query.register.projection.RegisterProjection;
import dev.cadastre.query.shared.time.LogView;
import dev.cadastre.query.temporal.TemporalIndex;
import dev.cadastre.query.versions.sqlite.SqliteVersionStore;
import dev.cadastre.query.versions.store.VersionStore;
import java.nio.file.Path;
import java.time.Duration;

/** The register over a log, as the server runs it, without HTTP. */
public final class ProjectedRegister implements AutoCloseable {

    /** Small ones, so that caches miss and batches split within a short history. */
    public static final ProjectionLimits SMALL = new ProjectionLimits(3, 2_000, 5);

    private final EventLog log;
    private final VersionStore store;
    private final Bodies bodies;
    private final RegisterProjection projection;

    public ProjectedRegister(EventLog log, Path directory, ProjectionLimits limits) {
        this(log, directory, limits, SqliteVersionStore.open(directory.resolve("versions.sqlite")));
    }

    /**
     * @param store closed with the register
     */
    public ProjectedRegister(
            EventLog log, Path directory, ProjectionLimits limits, VersionStore store) {
        this.log = log;
        this.store = store;
        this.bodies = new Bodies(store, 1 << 20);
        this.projection =
                RegisterProjection.start(
                        log, store, bodies, directory.resolve("index.image"), limits);
    }

    /** Waits until everything that the log holds now is in answers. */
    public ProjectedRegister upToDate() {
        try {
            if (!projection.await(log.head().size() - 1, Duration.ofSeconds(30))) {
                throw new AssertionError("not up to date: " + projection.status());
            }
            return this;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Waits until the projection has stopped following. */
    public ProjectionStatus awaitFailure() {
        try {
            while (projection.status().failure() == null) {
                projection.await(Long.MAX_VALUE, Duration.ofMillis(100));
            }
            return projection.status();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    public RegisterProjection projection() {
        return projection;
    }

    public VersionStore store() {
        return store;
    }

    public TemporalIndex index() {
        return projection.index();
    }

    public Bodies bodies() {
        return bodies;
    }

    public LogView view() {
        return new ProjectedLogView(log, projection);
    }

    public RegisterQueries queries() {
        return new RegisterQueries(index(), bodies);
    }

    public RegisterLists lists() {
        return new RegisterLists(index(), bodies);
    }

    @Override
    public void close() {
        projection.close();
        store.close();
    }
}
