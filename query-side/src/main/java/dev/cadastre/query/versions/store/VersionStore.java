package dev.cadastre.query.versions.store;

import java.time.Duration;
import java.util.List;

/**
 * Keeps the body of each version. A body is immutable: the same log gives the same bodies under the
 * same keys, so whoever writes one again may be ignored. One thread of a process writes; any thread
 * reads. All methods throw {@link VersionStoreException} if the store cannot do its work.
 *
 * <p>A store may be shared by several processes that follow one log. Each of them hands over all
 * bodies; what another one has written is left out.
 */
public interface VersionStore extends AutoCloseable {

    /** How far the bodies go, whoever wrote them. */
    TrackingToken token();

    /**
     * Adds bodies and moves the token: afterwards, and after a crash, the bodies up to wherever the
     * token is are there.
     *
     * @param bodies in ascending order of their keys; a body whose key is known is left out
     * @param token stays where it is if it is further already
     * @throws StoreReplaced if another process has cleared the store
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

    /**
     * For how long the token may be ahead of what this process can see of the log. Zero unless
     * other processes write the store too.
     */
    default Duration lead() {
        return Duration.ZERO;
    }

    @Override
    void close();
}
