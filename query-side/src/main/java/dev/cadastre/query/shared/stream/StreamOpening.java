package dev.cadastre.query.shared.stream;

/** Begins a stream for a request. */
@FunctionalInterface
public interface StreamOpening {

    /**
     * Reads the request. May block, may throw a problem.
     *
     * @param wake to be called, on any thread and as often as one likes, when a source that had
     *     nothing may have something; cheap while the client has not taken what was sent
     */
    StreamSource open(StreamFormat format, Runnable wake);
}
