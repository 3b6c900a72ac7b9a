package dev.cadastre.query.versions.store;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;

/**
 * Keeps what is current of each asset and CI where a program that knows nothing of Cadastre can
 * read it ({@code docs/formats/current-register.md}). For one thread of a process. All methods
 * throw {@link VersionStoreException} if the store cannot do its work.
 *
 * <p>A store may be shared by several processes that follow one log; one of them writes at a time.
 * A late write of another does no harm: a row is only ever replaced by one of later coordinates.
 */
public interface CurrentStore extends AutoCloseable {

    /** Whether it is for this process to write; takes that upon it if nobody else does. */
    boolean isClaimed();

    /** Whether it is for another process to write at this moment. Asks the store. */
    boolean isClaimedByAnother();

    /** The coordinates that the rows have reached, whoever wrote them. */
    CurrentToken token();

    /**
     * Replaces rows, then moves the token; both stay where they are if they are further already.
     * Until the token is moved, rows may be ahead of it.
     *
     * @param rows in portions that fit into memory
     */
    void write(Iterator<List<CurrentRow>> rows, CurrentToken token);

    /** Forgets everything: no row, and a token at the beginning. */
    void clear();

    /** As {@link VersionStore#lead}. */
    default Duration lead() {
        return Duration.ZERO;
    }

    @Override
    void close();
}
