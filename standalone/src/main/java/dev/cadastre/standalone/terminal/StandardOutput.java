package dev.cadastre.standalone.terminal;

import dev.cadastre.standalone.client.CommandRefused;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Standard output for answers of any length. Unlike {@link System#out} it tells why a write failed:
 * a reader that has gone, as after {@code | head}, ends the command quietly; a full disk does not.
 * Not thread-safe.
 */
public final class StandardOutput extends OutputStream {

    private static final PrintStream OF_THE_PROCESS = System.out;
    private static final Path ITSELF = Path.of("/dev/stdout");
    private static final int TYPE_OF_FILE = 0xF000;
    private static final int PIPE = 0x1000;
    private static final int SOCKET = 0xC000;

    private final OutputStream out =
            System.out == OF_THE_PROCESS ? new FileOutputStream(FileDescriptor.out) : System.out;

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes) {
        write(bytes, 0, bytes.length);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            if (isRead()) {
                throw new ReaderGone(e);
            }
            throw new CommandRefused("Cannot write the result: " + e.getMessage(), e);
        }
    }

    /** Whether a process reads what is written, so that a failed write means that it has gone. */
    private static boolean isRead() {
        try {
            int type = (int) Files.getAttribute(ITSELF, "unix:mode") & TYPE_OF_FILE;
            return type == PIPE || type == SOCKET;
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
