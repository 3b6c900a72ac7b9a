package dev.cadastre.eventstore.sqlite;

import dev.cadastre.eventstore.commit.CommitSource;
import dev.cadastre.eventstore.commit.LogCopy;
import dev.cadastre.eventstore.log.LogException.CannotOpen;
import dev.cadastre.eventstore.log.LogException.Unavailable;
import dev.cadastre.eventstore.log.LogHead;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.function.LongConsumer;

/** Copies a log, which a server may be writing to, into one file. */
public final class SqliteBackup {

    private SqliteBackup() {}

    /**
     * Writes the log as it is at one moment into a new file, checks that file from its first event
     * to its last, and only then gives it its name.
     *
     * @param progress is told the number of events checked now and then
     * @return the head of the copy
     * @throws CannotOpen if there is no log, or the file is there already
     * @throws Unavailable if the file cannot be written
     * @throws dev.cadastre.eventstore.log.LogException.Corrupt if the log contradicts itself
     */
    public static LogHead write(Path dataDirectory, Path file, LongConsumer progress) {
        Path log = dataDirectory.resolve(SqliteCommitStore.FILE);
        if (!Files.isRegularFile(log)) {
            throw new CannotOpen("There is no log " + log + ".", null);
        }
        if (Files.exists(file)) {
            throw new CannotOpen(file + " is there already. Name a new file.", null);
        }
        Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        try {
            Files.deleteIfExists(unfinished);
            try {
                copy(log, unfinished);
                LogHead head = check(unfinished, progress);
                force(unfinished, StandardOpenOption.WRITE);
                Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
                force(file.toAbsolutePath().getParent(), StandardOpenOption.READ);
                return head;
            } finally {
                Files.deleteIfExists(unfinished);
            }
        } catch (IOException e) {
            throw new Unavailable(file + " cannot be written: " + e.getMessage(), e);
        }
    }

    /** One transaction that reads: who writes to the log goes on meanwhile. */
    private static void copy(Path log, Path to) {
        try (Connection connection = new LogFile(log).openExisting();
                PreparedStatement copy = connection.prepareStatement("VACUUM INTO ?")) {
            copy.setString(1, to.toString());
            copy.execute();
        } catch (SQLException e) {
            throw Failures.of("Copying the log", e);
        }
    }

    private static LogHead check(Path copy, LongConsumer progress) {
        try (CommitSource copied = SqliteCommitSource.ofFile(copy)) {
            return LogCopy.check(copied, progress);
        }
    }

    private static void force(Path path, StandardOpenOption how) throws IOException {
        try (FileChannel channel = FileChannel.open(path, how)) {
            channel.force(true);
        }
    }
}
