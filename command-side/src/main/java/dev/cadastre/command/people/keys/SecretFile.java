package dev.cadastre.command.people.keys;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Set;

/** Files that only their owner may read, written so that a crash leaves the old or the new. */
final class SecretFile {

    private static final FileAttribute<?>[] OWNER_ONLY = {
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
    };

    private SecretFile() {}

    /** The bytes of a secret; draws and stores them first where the file does not exist. */
    static byte[] readOrDraw(Path file, int length, SecureRandom random) throws IOException {
        Optional<byte[]> stored = read(file);
        if (stored.isPresent()) {
            return stored.get();
        }
        byte[] drawn = new byte[length];
        random.nextBytes(drawn);
        Path temporary = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(temporary);
        try (FileChannel channel =
                open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            writeDurably(channel, drawn);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        makeDirectoryDurable(file);
        return drawn;
    }

    static Optional<byte[]> read(Path file) throws IOException {
        try {
            return Optional.of(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Opens a file, which only its owner may read where this creates it. */
    static FileChannel open(Path file, OpenOption... options) throws IOException {
        return FileChannel.open(
                file,
                Set.of(options),
                file.getFileSystem().supportedFileAttributeViews().contains("posix")
                        ? OWNER_ONLY
                        : new FileAttribute<?>[0]);
    }

    static void writeDurably(FileChannel channel, byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        channel.force(true);
    }

    /** Makes a new name in the file's directory survive a crash. */
    static void makeDirectoryDurable(Path file) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
