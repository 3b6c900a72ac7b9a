package dev.cadastre.query.config;

import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.http.config.Readiness;
import dev.cadastre.query.register.projection.ProjectionStatus;
import dev.cadastre.query.register.projection.RegisterProjection;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * The register can answer everything once it has reached the end that the log had at the start.
 * Says too, for whoever watches the server, how far it is.
 */
public final class RegisterReadiness implements Readiness {

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final RegisterProjection projection;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();

    RegisterReadiness(EventLog log, RegisterProjection projection) {
        this.projection = projection;
        long end = log.head().size() - 1;
        Thread.ofVirtual().name("register-readiness").start(() -> awaitEnd(end));
    }

    @Override
    public CompletableFuture<Void> ready() {
        return ready;
    }

    public ProjectionStatus status() {
        return projection.status();
    }

    private void awaitEnd(long end) {
        try {
            while (!projection.await(end, LOOK_AGAIN)) {
                String failure = projection.status().failure();
                if (failure != null || projection.isClosed()) {
                    ready.completeExceptionally(
                            new IllegalStateException(
                                    failure == null ? "the server is closing" : failure));
                    return;
                }
            }
            ready.complete(null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            ready.completeExceptionally(e);
        }
    }
}
