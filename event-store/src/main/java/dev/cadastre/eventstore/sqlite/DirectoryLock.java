package dev.cadastre.eventstore.sqlite;

import dev.cadastre.eventstore.log.LogException.CannotOpen;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Keeps every other process out of a data directory. The operating system lets go of it when the
 * process ends, however it ends.
 */
final class DirectoryLock implements AutoCloseable {

    private static final int MOST_DIGITS = 20;

    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    static DirectoryLock take(Path directory) {
        FileChannel channel = null;
        try {
            Files.createDirectories(directory);
            channel =
                    FileChannel.open(
                            directory.resolve("lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                CannotOpen refusal =
                        new CannotOpen(
                                "The data directory "
                                        + directory
                                        + " is in use by process "
                                        + holder(channel)
                                        + ". Stop that one first, or name another directory.",
                                null);
                channel.close();
                throw refusal;
            }
            byte[] own =
                    Long.toString(ProcessHandle.current().pid())
                            .getBytes(StandardCharsets.US_ASCII);
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(own), 0);
            return new DirectoryLock(channel);
        } catch (IOException e) {
            throw new CannotOpen(
                    "The data directory "
                            + directory
                            + " cannot be made or written: "
                            + e.getMessage()
                            + ". Check that it is a directory and who may write there.",
                    e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // This very process has it open already.
            return null;
        }
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer digits = ByteBuffer.allocate(MOST_DIGITS);
        channel.read(digits, 0);
        String text = new String(digits.array(), 0, digits.position(), StandardCharsets.US_ASCII);
        return text.isEmpty() ? "(unknown)" : text;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // The lock goes with the process at the latest.
        }
    }
}
