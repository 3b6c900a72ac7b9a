package dev.cadastre.eventstore.commit;

import dev.cadastre.eventstore.log.LogException;
import dev.cadastre.eventstore.log.LogHead;
import java.util.List;

/**
 * A stored log that is read to be copied, and not written to. Methods throw {@link
 * LogException.Unavailable} if the store cannot be reached and {@link LogException.Corrupt} if what
 * it holds contradicts itself. For one thread.
 */
public interface CommitSource extends AutoCloseable {

    /** The head, without checking it. */
    LogHead head();

    /**
     * Commits in order with all that was inserted with them: salts, references, claims and keys.
     * Their tiles are left out, because they follow from the events. Each references a stream at
     * most once per event, in no particular order.
     *
     * @param fromPosition the first one holds this position
     * @param maxEvents no further commit once so many events are read; at least one commit is
     * @return empty behind the end
     */
    List<ReadyCommit> whole(long fromPosition, int maxEvents);

    @Override
    void close();
}
