package dev.cadastre.eventstore.commit;

import dev.cadastre.eventstore.log.LogException;
import java.time.Duration;

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
     * Called before a commit is put together: waits, briefly, until it is this writer's turn. Never
     * throws; where turns cannot be taken, everybody may go.
     *
     * @return whether others may have committed since this writer's last commit
     */
    boolean awaitTurn();

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
