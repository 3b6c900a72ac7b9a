package dev.cadastre.benchmarks;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.sqlite.SQLiteConfig;

/**
 * The limit of durable writing: the store's own tables for commits, change sets and events, its
 * settings and its indexes, filled by one thread that does nothing else. It hashes nothing, and
 * writes no stream names, references, keys or tiles.
 */
final class RawLog implements AutoCloseable {

    private static final int STREAMS = 20_000;
    private static final int METADATA_BYTES = 25;

    private final Connection connection;
    private final PreparedStatement commit;
    private final PreparedStatement changeSet;
    private final PreparedStatement event;
    private final int eventsPerChangeSet;
    private final byte[] payload;
    private final byte[] metadata = new byte[METADATA_BYTES];
    private final byte[] changeSetId = new byte[16];
    private final SplittableRandom random = new SplittableRandom(1);
    private final long[] sequence = new long[STREAMS];
    private final byte[] seal = new byte[80];
    private final byte[] idAndSalt = new byte[32];
    private long position;

    /**
     * @param payloadBytes as long as the load's
     * @param eventsPerChangeSet as many as the load's
     */
    RawLog(Path file, int payloadBytes, int eventsPerChangeSet) throws SQLException {
        this.payload = new byte[payloadBytes];
        this.eventsPerChangeSet = eventsPerChangeSet;
        SQLiteConfig config = new SQLiteConfig();
        config.setPageSize(8_192);
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setCacheSize(-64 * 1_024);
        config.setPragma(SQLiteConfig.Pragma.WAL_AUTOCHECKPOINT, "4000");
        config.setGetGeneratedKeys(false);
        connection = config.createConnection("jdbc:sqlite:" + file);
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE commits(position INTEGER PRIMARY KEY, events INTEGER NOT NULL, recorded_at INTEGER NOT NULL, epoch INTEGER NOT NULL, seal BLOB NOT NULL)");
            statement.execute(
                    "CREATE TABLE change_sets(position INTEGER PRIMARY KEY, place INTEGER NOT NULL, id BLOB NOT NULL, principal INTEGER NOT NULL, actor INTEGER NOT NULL, source INTEGER NOT NULL, metadata BLOB NOT NULL)");
            statement.execute(
                    "CREATE TABLE events(position INTEGER PRIMARY KEY, place INTEGER NOT NULL, stream INTEGER NOT NULL, sequence INTEGER NOT NULL, type INTEGER NOT NULL, revision INTEGER NOT NULL, effective_at INTEGER, id_salt BLOB NOT NULL, payload BLOB NOT NULL)");
            statement.execute("CREATE UNIQUE INDEX events_by_stream ON events(stream, sequence)");
        }
        connection.setAutoCommit(false);
        commit = connection.prepareStatement("INSERT INTO commits VALUES(?,?,?,1,?)");
        changeSet = connection.prepareStatement("INSERT INTO change_sets VALUES(?,?,?,1,1,1,?)");
        event = connection.prepareStatement("INSERT INTO events VALUES(?,?,?,?,1,1,?,?,?)");
        warmUp();
    }

    /**
     * As the log it is compared with: compiled, all streams begun, and the write-ahead log at its
     * full length, since a forced write is slower while the file grows.
     */
    private void warmUp() throws SQLException {
        for (int written = 0; written < 2 * STREAMS; written += 256) {
            commitOf(256);
        }
    }

    /** Events per second when each commit holds so many. */
    double eventsPerSecond(int batch, double seconds) throws SQLException {
        long began = System.nanoTime();
        long end = began + (long) (seconds * 1e9);
        long written = 0;
        while (System.nanoTime() < end) {
            commitOf(batch);
            written += batch;
        }
        return written / ((System.nanoTime() - began) / 1e9);
    }

    /** The median length of a commit of so many events, in milliseconds. */
    double medianCommitMilliseconds(int batch, double seconds) throws SQLException {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        List<Double> lengths = new ArrayList<>();
        while (System.nanoTime() < end) {
            long began = System.nanoTime();
            commitOf(batch);
            lengths.add((System.nanoTime() - began) / 1e6);
        }
        return Comparison.median(lengths);
    }

    private void commitOf(int batch) throws SQLException {
        commit.setLong(1, position);
        commit.setInt(2, batch);
        commit.setLong(3, position);
        commit.setBytes(4, seal);
        commit.executeUpdate();
        for (int i = 0; i < batch; i++) {
            if (i % eventsPerChangeSet == 0) {
                writeChangeSet(i);
            }
            writeEvent(i % eventsPerChangeSet);
        }
        connection.commit();
    }

    private void writeChangeSet(int place) throws SQLException {
        random.nextBytes(changeSetId);
        changeSet.setLong(1, position);
        changeSet.setInt(2, place);
        changeSet.setBytes(3, changeSetId);
        changeSet.setBytes(4, metadata);
        changeSet.executeUpdate();
    }

    private void writeEvent(int place) throws SQLException {
        int stream = random.nextInt(STREAMS);
        random.nextBytes(idAndSalt);
        event.setLong(1, position++);
        event.setInt(2, place);
        event.setInt(3, stream);
        event.setLong(4, sequence[stream]++);
        event.setLong(5, position);
        event.setBytes(6, idAndSalt);
        event.setBytes(7, payload);
        event.executeUpdate();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
