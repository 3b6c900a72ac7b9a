package dev.cadastre.eventstore.commit;

import dev.cadastre.eventstore.log.LogException;
import java.time.Duration;
import java.util.List;

/**
 * How the writers of several processes get along in one store. Nothing here is needed for the log
 * to be right: whoever inserts first has the slot. It tells one writer of the others' commits, and
 * keeps them from trying for the same slot all the time.
 */
public interface SharedStore {

    /**
     * Waits until there is a commit in the slot, or the time has passed. Called by one thread.
     *
     * @return whether there is one
     * @throws LogException.Unavailable if the store cannot be reached
     * @throws InterruptedException if the thread is interrupted
     */
    boolean awaitCommit(long slot, Duration atMost) throws InterruptedException;

    /**
     * The next commits from a slot on, of whichever writer, in order and without a gap. They are
     * not compared with each other or with the tree.
     *
     * @return empty if the slot is free
     * @throws LogException.Unavailable if the store cannot be reached
     * @throws LogException.Corrupt if the slot is free though others behind it were seen
     */
    List<CommitOutline> from(long slot);

    /**
     * Called before a commit is put together: waits, briefly, until it is this writer's turn. Where
     * turns cannot be taken, everybody may go; it throws only what {@code meanwhile} does.
     *
     * @param meanwhile run now and then while another writer has its turn, to take in what that
     *     commits
     * @return whether others may have committed since this writer's last commit
     */
    boolean awaitTurn(Runnable meanwhile);

    /** Called when another writer had the slot first. */
    void beaten();

    /** Called when this writer has nothing more to commit for now. */
    void passTurn();

    /**
     * Called before appends are taken again after an outage: writes something that means nothing,
     * for a store may read well and not be able to write.
     *
     * @throws LogException.Unavailable if it cannot
     */
    void checkWritable();
}
