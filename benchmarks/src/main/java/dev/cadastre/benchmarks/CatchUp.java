package dev.cadastre.benchmarks;

import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.query.register.bodies.Bodies;
import dev.cadastre.query.register.projection.ProjectionLimits;
import dev.cadastre.query.register.projection.RegisterProjection;
import dev.cadastre.query.versions.store.VersionStore;
import java.nio.file.Path;
import java.time.Duration;

/** The register of a query process that follows a log to its end. */
final class CatchUp {

    private static final long CACHE_BYTES = 64L << 20;

    private CatchUp() {}

    /**
     * Events per second until answers, and bodies, include the whole log.
     *
     * @param began {@link System#nanoTime()} before the store was opened
     */
    static double of(EventLog log, VersionStore store, Path image, long began) throws Exception {
        long end = log.head().size() - 1;
        try (RegisterProjection projection =
                RegisterProjection.start(
                        log,
                        store,
                        new Bodies(store, CACHE_BYTES),
                        image,
                        ProjectionLimits.DEFAULT)) {
            if (!projection.await(end, Duration.ofMinutes(10))) {
                throw new IllegalStateException("did not catch up: " + projection.status());
            }
            projection.awaitBodies();
            return (end + 1) / ((System.nanoTime() - began) / 1e9);
        }
    }
}
