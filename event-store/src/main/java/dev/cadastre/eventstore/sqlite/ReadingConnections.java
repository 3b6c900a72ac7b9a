package dev.cadastre.eventstore.sqlite;

import dev.cadastre.eventstore.log.LogException;
import dev.cadastre.eventstore.log.LogException.CannotOpen;
import java.sql.SQLException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * A fixed number of connections that readers take turns with. Waiting for one parks a virtual
 * thread instead of holding a platform thread.
 */
final class ReadingConnections implements AutoCloseable {

    /** A reading of the log. */
    @FunctionalInterface
    interface Reading<T> {
        T read(ReadingConnection connection) throws SQLException;
    }

    private final BlockingQueue<ReadingConnection> idle;
    private final int count;
    private volatile boolean closed;

    ReadingConnections(LogFile file, int count) {
        this.count = count;
        this.idle = new ArrayBlockingQueue<>(count);
        try {
            for (int i = 0; i < count; i++) {
                idle.add(new ReadingConnection(file.openForReading()));
            }
        } catch (SQLException e) {
            close(idle.size());
            throw new CannotOpen("The log cannot be opened for reading: " + e.getMessage(), e);
        }
    }

    <T> T read(String doing, Reading<T> reading) {
        ReadingConnection connection = take();
        try {
            if (closed) {
                throw new LogException.Unavailable(doing + ": the log is closed.", null);
            }
            return reading.read(connection);
        } catch (SQLException e) {
            connection.forgetStatements();
            throw Failures.of(doing, e);
        } finally {
            idle.add(connection);
        }
    }

    private ReadingConnection take() {
        try {
            return idle.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LogException.Unavailable("Interrupted while waiting to read the log.", e);
        }
    }

    /** Waits for the readings that are going on. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            close(count);
        }
    }

    private void close(int open) {
        for (int i = 0; i < open; i++) {
            try {
                take().close();
            } catch (SQLException e) {
                // Nothing was written through it; the process's end frees what is left.
            }
        }
    }
}
