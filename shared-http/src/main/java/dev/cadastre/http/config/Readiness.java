package dev.cadastre.http.config;

import java.util.concurrent.CompletableFuture;

/**
 * A part of the server that needs a while after its start until it can answer everything. Beans of
 * this type are waited for before the server says that it is ready.
 */
@FunctionalInterface
public interface Readiness {

    /** Completes when the part can answer everything, exceptionally if it never will. */
    CompletableFuture<Void> ready();
}
