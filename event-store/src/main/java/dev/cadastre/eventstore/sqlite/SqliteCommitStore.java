package dev.cadastre.eventstore.sqlite;

import dev.cadastre.eventstore.commit.CommitStore;
import dev.cadastre.eventstore.commit.ReadyCommit;
import dev.cadastre.eventstore.commit.SlotLookups;
import dev.cadastre.eventstore.commit.StoreTail;
import dev.cadastre.eventstore.log.ClaimRecord;
import dev.cadastre.eventstore.log.Commit;
import dev.cadastre.eventstore.log.KeyRecord;
import dev.cadastre.eventstore.log.LogException.CannotOpen;
import dev.cadastre.eventstore.log.LogHead;
import dev.cadastre.eventstore.log.StoredEvent;
import dev.cadastre.eventstore.log.StreamHead;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Commits in one SQLite file, made durable by a forced write each. Holds a lock on its directory
 * from opening to closing.
 */
public final class SqliteCommitStore implements CommitStore {

    /** Name of the file in its directory. */
    static final String FILE = "log.sqlite";

    private static final int READERS = Math.max(4, Runtime.getRuntime().availableProcessors() * 2);

    private final DirectoryLock lock;
    private final CommitInsertion insertion;
    private final SlotLookups inSlot;
    private final ReadingConnections readers;
    private final Texts streams = new Texts("streams");
    private final Texts names = new Texts("names");

    private SqliteCommitStore(DirectoryLock lock, Connection writing, ReadingConnections readers)
            throws SQLException {
        this.lock = lock;
        this.insertion = new CommitInsertion(writing);
        ReadingConnection reading = new ReadingConnection(writing);
        this.inSlot =
                new WriterLookups(
                        reading,
                        new Lookups(reading, stream -> insertion.streams().find(stream), names));
        this.readers = readers;
    }

    /**
     * Opens the store of a data directory, making both when they are not there.
     *
     * @throws CannotOpen if another process has it, or its format is newer
     */
    public static SqliteCommitStore open(Path dataDirectory) {
        DirectoryLock lock = DirectoryLock.take(dataDirectory);
        LogFile file = new LogFile(dataDirectory.resolve(FILE));
        Connection writing = null;
        try {
            writing = file.openForWriting();
            return new SqliteCommitStore(lock, writing, new ReadingConnections(file, READERS));
        } catch (SQLException | RuntimeException e) {
            closeQuietly(writing);
            lock.close();
            throw e instanceof CannotOpen refusal
                    ? refusal
                    : new CannotOpen("The log cannot be opened: " + e.getMessage(), e);
        }
    }

    @Override
    public Insertion insert(ReadyCommit commit) {
        return insertion.insert(commit);
    }

    @Override
    public SlotLookups inSlot() {
        return inSlot;
    }

    @Override
    public LogHead head() {
        return readers.read("Reading the head", connection -> tailOf(connection).head());
    }

    @Override
    public StoreTail tail() {
        return readers.read("Reading the head", connection -> tailOf(connection).tail());
    }

    @Override
    public List<Commit> commits(long fromPosition, int maxEvents) {
        return readers.read(
                "Reading commits",
                connection ->
                        new CommitReading(connection, rowsOf(connection))
                                .read(fromPosition, maxEvents));
    }

    @Override
    public List<StoredEvent> stream(String stream, long fromSequenceNumber) {
        return readers.read(
                "Reading a stream",
                connection -> {
                    long number = streams.numberOf(connection, stream);
                    return number == Texts.UNKNOWN
                            ? List.of()
                            : eventsOf(connection).ofStream(number, fromSequenceNumber);
                });
    }

    @Override
    public Optional<StoredEvent> event(long position) {
        return readers.read(
                "Reading an event",
                connection ->
                        eventsOf(connection).between(position, position).stream().findFirst());
    }

    @Override
    public StreamHead streamHead(String stream) {
        return lookUp("Reading a stream's head", look -> look.streamHead(stream));
    }

    @Override
    public Optional<KeyRecord> key(String text) {
        return lookUp("Reading a key", look -> look.key(text));
    }

    @Override
    public List<ClaimRecord> claims(String value) {
        return lookUp("Reading claims", look -> look.claims(value));
    }

    @Override
    public List<String> referencing(String stream, long afterPosition) {
        return lookUp("Reading references", look -> look.referencing(stream, afterPosition));
    }

    @Override
    public void close() {
        readers.close();
        insertion.close();
        lock.close();
    }

    @FunctionalInterface
    private interface LookUp<T> {
        T in(Lookups lookups) throws SQLException;
    }

    private <T> T lookUp(String doing, LookUp<T> lookUp) {
        return readers.read(
                doing,
                connection ->
                        lookUp.in(
                                new Lookups(
                                        connection,
                                        stream -> streams.numberOf(connection, stream),
                                        names)));
    }

    private EventRows rowsOf(ReadingConnection connection) {
        return new EventRows(connection, streams, names);
    }

    private EventReading eventsOf(ReadingConnection connection) {
        return new EventReading(connection, rowsOf(connection));
    }

    private TailReading tailOf(ReadingConnection connection) {
        return new TailReading(
                connection,
                eventsOf(connection),
                new CommitReading(connection, rowsOf(connection)));
    }

    private static void closeQuietly(@Nullable Connection connection) {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException e) {
                // What kept it from opening is told already.
            }
        }
    }
}
