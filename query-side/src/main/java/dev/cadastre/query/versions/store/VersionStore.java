package dev.cadastre.query.versions.store;

import java.util.List;

/**
 * Keeps the body of each version. A body is immutable: the same log gives the same bodies under the
 * same keys, so whoever writes one again may be ignored. One thread writes; any thread reads. All
 * methods throw {@link VersionStoreException} if the store cannot do its work.
 */
public interface VersionStore extends AutoCloseable {

    /** How far the bodies written here go. */
    TrackingToken token();

    /**
     * Adds bodies and moves the token, all at once: after a crash both are there or neither is.
     *
     * @param bodies in ascending order of their keys; a body whose key is known is left out
     */
    void write(List<Body> bodies, TrackingToken token);

    /**
     * Reads bodies.
     *
     * @return in the order of the keys
     * @throws MissingBody if there is none under one of the keys
     */
    List<byte[]> read(List<BodyKey> keys);

    /** Forgets everything: no body, and a token at the beginning. */
    void clear();

    @Override
    void close();
}
