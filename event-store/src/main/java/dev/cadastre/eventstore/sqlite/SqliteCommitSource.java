package dev.cadastre.eventstore.sqlite;

import dev.cadastre.eventstore.commit.CommitAssembly;
import dev.cadastre.eventstore.commit.CommitSource;
import dev.cadastre.eventstore.commit.ReadyCommit;
import dev.cadastre.eventstore.log.Commit;
import dev.cadastre.eventstore.log.LogException.CannotOpen;
import dev.cadastre.eventstore.log.LogHead;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A log in a SQLite file that nobody writes to meanwhile, opened for reading only. */
public final class SqliteCommitSource implements CommitSource {

    private final @Nullable DirectoryLock lock;
    private final ReadingConnection connection;
    private final EventRows rows;
    private final BesideEvents beside;

    private SqliteCommitSource(@Nullable DirectoryLock lock, Connection reading)
            throws SQLException {
        this.lock = lock;
        this.connection = new ReadingConnection(reading);
        this.rows = new EventRows(connection, new Texts("streams"), new Texts("names"));
        this.beside = BesideEvents.sort(reading, connection);
    }

    /**
     * Opens the log of a data directory, and keeps other processes out until it is closed.
     *
     * @throws CannotOpen if there is none, another process has it, or its format is newer
     */
    public static SqliteCommitSource open(Path dataDirectory) {
        Path file = existing(dataDirectory.resolve(SqliteCommitStore.FILE));
        DirectoryLock lock = DirectoryLock.take(dataDirectory);
        try {
            return open(lock, file);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /**
     * Opens a file that nobody else knows, such as a backup.
     *
     * @throws CannotOpen if it is no log, or its format is newer
     */
    public static SqliteCommitSource ofFile(Path file) {
        return open(null, existing(file));
    }

    private static Path existing(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new CannotOpen("There is no log " + file + ".", null);
        }
        return file;
    }

    private static SqliteCommitSource open(@Nullable DirectoryLock lock, Path file) {
        try {
            Connection connection = new LogFile(file).openExisting();
            try {
                return new SqliteCommitSource(lock, connection);
            } catch (SQLException | RuntimeException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw new CannotOpen("The log " + file + " cannot be opened: " + e.getMessage(), e);
        }
    }

    @Override
    public LogHead head() {
        try {
            return new TailReading(connection, new EventReading(connection, rows), commits())
                    .head();
        } catch (SQLException e) {
            throw Failures.of("Reading the head", e);
        }
    }

    @Override
    public List<ReadyCommit> whole(long fromPosition, int maxEvents) {
        try {
            List<Commit> commits = commits().read(fromPosition, maxEvents);
            if (commits.isEmpty()) {
                return List.of();
            }
            CommitAssembly assembly =
                    beside.between(commits.getFirst().position(), commits.getLast().lastPosition());
            return commits.stream().map(assembly::whole).toList();
        } catch (SQLException e) {
            connection.forgetStatements();
            throw Failures.of("Reading commits", e);
        }
    }

    private CommitReading commits() {
        return new CommitReading(connection, rows);
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            // Nothing was written through it; the process's end frees what is left.
        }
        if (lock != null) {
            lock.close();
        }
    }
}
