package dev.cadastre.query.shared.stream;

import org.jspecify.annotations.Nullable;

/** Begins a stream for a request. */
@FunctionalInterface
public interface StreamOpening {

    /**
     * Reads the request. May block, may throw a problem.
     *
     * @param wake to be called, on any thread and as often as one likes, when a source that had
     *     nothing may have something; cheap while the client has not taken what was sent
     * @return null where the client has had everything: it is told not to connect again
     */
    @Nullable StreamSource open(StreamFormat format, Runnable wake);
}
