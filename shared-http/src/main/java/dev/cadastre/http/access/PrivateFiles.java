package dev.cadastre.http.access;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Set;

/** Files that only their owner may read, written so that a crash leaves the old or the new. */
public final class PrivateFiles {

    private static final Object IN_THIS_PROCESS = new Object();

    private PrivateFiles() {}

    /** Makes a directory, with those above it, where there is none. */
    public static void createDirectory(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory, permissions(directory, "rwx------"));
        }
    }

    static void createIfAbsent(Path file) throws IOException {
        try {
            Files.createFile(file, permissions(file, "rw-------"));
        } catch (FileAlreadyExistsException e) {
            // Another process made it first.
        }
    }

    /** Makes an empty file, durable on return, where there is none. */
    public static void createDurably(Path file) throws IOException {
        createIfAbsent(file);
        syncDirectory(file.toAbsolutePath().getParent());
    }

    /**
     * The bytes of a secret; draws and stores them first where the file does not exist. Of several
     * processes that do so at once all get the same.
     */
    public static byte[] readOrDraw(Path file, int length, SecureRandom random) throws IOException {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            createDirectory(file.toAbsolutePath().getParent());
            Path lock = file.resolveSibling(file.getFileName() + ".lock");
            return whileLocked(
                    lock,
                    () -> {
                        if (!Files.exists(file)) {
                            byte[] drawn = new byte[length];
                            random.nextBytes(drawn);
                            replace(file, ByteBuffer.wrap(drawn));
                        }
                        return Files.readAllBytes(file);
                    });
        }
    }

    /** Work with files, which may fail as such work does. */
    @FunctionalInterface
    public interface FileWork<T> {
        T run() throws IOException;
    }

    /**
     * Does something that no other process, and no other thread of this one, does at the same time
     * under the same lock. The lock is the file system's and ends with the process: one that is
     * killed holds up nobody. To be brief, and not nested.
     *
     * @param lock a file beside those that it guards, made where there is none; its directory
     *     exists
     */
    public static <T> T whileLocked(Path lock, FileWork<T> work) throws IOException {
        createIfAbsent(lock);
        // The lock belongs to the process: threads of one process take turns by themselves.
        synchronized (IN_THIS_PROCESS) {
            try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
                    FileLock held = channel.lock()) {
                assert held.isValid();
                return work.run();
            }
        }
    }

    /** Durable on return. */
    public static void replace(Path file, ByteBuffer content) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".draft");
        Files.deleteIfExists(draft);
        try (FileChannel channel =
                FileChannel.open(
                        draft,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        permissions(file, "rw-------"))) {
            while (content.hasRemaining()) {
                channel.write(content);
            }
            channel.force(true);
        }
        Files.move(
                draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        syncDirectory(file.toAbsolutePath().getParent());
    }

    private static void syncDirectory(Path directory) throws IOException {
        if (isPosix(directory)) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private static FileAttribute<?>[] permissions(Path path, String permissions) {
        return isPosix(path)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
