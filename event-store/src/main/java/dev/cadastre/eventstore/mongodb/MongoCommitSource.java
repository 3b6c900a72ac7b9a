package dev.cadastre.eventstore.mongodb;

import dev.cadastre.eventstore.commit.CommitSource;
import dev.cadastre.eventstore.commit.ReadyCommit;
import dev.cadastre.eventstore.log.LogException;
import dev.cadastre.eventstore.log.LogHead;
import java.util.List;

/** A log in a database of MongoDB, opened for reading only. Others may write to it meanwhile. */
public final class MongoCommitSource implements CommitSource {

    private final LogDatabase database;
    private final CommitReading commits;

    private MongoCommitSource(LogDatabase database) {
        this.database = database;
        this.commits =
                // Without tiles: who copies compares each root with a tree grown anew.
                new CommitReading(database.log(), new Blobs(database.blobs()), _ -> null);
    }

    /**
     * Opens the log of a database.
     *
     * @throws LogException.CannotOpen if there is none, or the server, the connection string or the
     *     collections are not as the log needs them; the message says what to do
     * @throws LogException.Unavailable if the server does not answer
     */
    public static MongoCommitSource open(MongoLogSettings settings) {
        return new MongoCommitSource(LogOpening.openExisting(settings));
    }

    @Override
    public LogHead head() {
        LogHead head =
                LogDatabase.doing(
                        "Reading the head",
                        () -> MongoCommitStore.headOf(commits.lastHeaders(Long.MAX_VALUE, 1)));
        commits.saw(head.size());
        return head;
    }

    @Override
    public List<ReadyCommit> whole(long fromPosition, int maxEvents) {
        return LogDatabase.doing("Reading commits", () -> commits.whole(fromPosition, maxEvents));
    }

    @Override
    public void close() {
        database.close();
    }
}
