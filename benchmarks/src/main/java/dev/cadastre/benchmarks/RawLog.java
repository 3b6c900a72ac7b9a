package dev.cadastre.benchmarks;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.SplittableRandom;
import org.sqlite.SQLiteConfig;

/**
 * The limit of durable writing: the store's own tables for commits and events, its settings and its
 * indexes, filled by one thread that does nothing else.
 */
final class RawLog implements AutoCloseable {

    private static final int STREAMS = 20_000;

    private final Connection connection;
    private final PreparedStatement commit;
    private final PreparedStatement event;
    private final SplittableRandom random = new SplittableRandom(1);
    private final long[] sequence = new long[STREAMS];
    private final byte[] seal = new byte[80];
    private final byte[] idAndSalt = new byte[32];
    private long position;

    RawLog(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setPageSize(8_192);
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setCacheSize(-64 * 1_024);
        config.setPragma(SQLiteConfig.Pragma.WAL_AUTOCHECKPOINT, "4000");
        connection = config.createConnection("jdbc:sqlite:" + file);
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE commits(position INTEGER PRIMARY KEY, events INTEGER NOT NULL, recorded_at INTEGER NOT NULL, epoch INTEGER NOT NULL, seal BLOB NOT NULL)");
            statement.execute(
                    "CREATE TABLE events(position INTEGER PRIMARY KEY, stream INTEGER NOT NULL, sequence INTEGER NOT NULL, type INTEGER NOT NULL, revision INTEGER NOT NULL, effective_at INTEGER, id_salt BLOB NOT NULL, payload BLOB NOT NULL)");
            statement.execute("CREATE UNIQUE INDEX events_by_stream ON events(stream, sequence)");
        }
        connection.setAutoCommit(false);
        commit = connection.prepareStatement("INSERT INTO commits VALUES(?,?,?,1,?)");
        event = connection.prepareStatement("INSERT INTO events VALUES(?,?,?,1,1,?,?,?)");
    }

    /** Events per second when each commit holds so many; payloads as long as the load's. */
    double eventsPerSecond(int batch, double seconds, int payloadBytes) throws SQLException {
        byte[] payload = new byte[payloadBytes];
        long began = System.nanoTime();
        long end = began + (long) (seconds * 1e9);
        long written = 0;
        while (System.nanoTime() < end) {
            commitOf(batch, payload);
            written += batch;
        }
        return written / ((System.nanoTime() - began) / 1e9);
    }

    /** The median length of a commit of so many events, in milliseconds. */
    double medianCommitMilliseconds(int batch, double seconds, int payloadBytes)
            throws SQLException {
        byte[] payload = new byte[payloadBytes];
        long end = System.nanoTime() + (long) (seconds * 1e9);
        java.util.List<Double> lengths = new java.util.ArrayList<>();
        while (System.nanoTime() < end) {
            long began = System.nanoTime();
            commitOf(batch, payload);
            lengths.add((System.nanoTime() - began) / 1e6);
        }
        return Comparison.median(lengths);
    }

    private void commitOf(int batch, byte[] payload) throws SQLException {
        commit.setLong(1, position);
        commit.setInt(2, batch);
        commit.setLong(3, position);
        commit.setBytes(4, seal);
        commit.executeUpdate();
        for (int i = 0; i < batch; i++) {
            int stream = random.nextInt(STREAMS);
            random.nextBytes(idAndSalt);
            event.setLong(1, position++);
            event.setInt(2, stream);
            event.setLong(3, sequence[stream]++);
            event.setLong(4, position);
            event.setBytes(5, idAndSalt);
            event.setBytes(6, payload);
            event.executeUpdate();
        }
        connection.commit();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
