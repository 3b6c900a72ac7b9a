package dev.cadastre.eventstore.mongodb;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import dev.cadastre.eventstore.commit.CommitOutline;
import dev.cadastre.eventstore.commit.SharedStore;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the writers of several processes do in the database to get along with each other.
 *
 * @param lease null where no turns are taken
 */
record SharedLog(
        CommitBell bell, CommitReading commits, @Nullable WriterLease lease, LogDatabase database)
        implements SharedStore {

    @Override
    public boolean awaitCommit(long slot, Duration atMost) throws InterruptedException {
        return bell.await(slot, atMost);
    }

    @Override
    public List<CommitOutline> from(long slot) {
        return LogDatabase.doing("Reading commits", () -> commits.outlines(slot));
    }

    @Override
    public boolean awaitTurn(Runnable meanwhile) {
        return lease != null && lease.awaitTurn(meanwhile);
    }

    @Override
    public void beaten() {
        if (lease != null) {
            lease.beaten();
        }
    }

    @Override
    public void passTurn() {
        if (lease != null) {
            lease.passTurn();
        }
    }

    @Override
    public void checkWritable() {
        LogDatabase.doing(
                "Trying to write",
                () ->
                        database.state()
                                .updateOne(
                                        Filters.eq(Fields.POSITION, "trial"),
                                        Updates.inc("count", 1L),
                                        new UpdateOptions().upsert(true)));
    }
}
