package dev.cadastre.command.imports.model;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.ZipException;

/**
 * Cuts a body into lines without copying them: {@link #next} moves on, {@link #bytes}, {@link
 * #offset} and {@link #length} show the line until then. A line ends with LF or CR LF; the last one
 * may lack its end. Holds one buffer, which grows to the longest line and no further than the
 * limit.
 */
final class LineReader {

    /** The longest line, in bytes: 8 MiB. */
    static final int LONGEST_LINE = 8 << 20;

    private final InputStream body;
    private byte[] buffer = new byte[1 << 16];
    private int filled;
    private int next;
    private int offset;
    private int length;
    private long line;
    private boolean ended;

    /** How far the last {@link #fill} moved the open line towards the front. */
    private int dropped;

    LineReader(InputStream body) {
        this.body = body;
    }

    /** Moves to the next line; false at the end of the file. */
    boolean next() throws UnreadableFile {
        int searched = next;
        while (true) {
            int end = indexOfLineFeed(searched);
            if (end >= 0) {
                show(next, end);
                next = end + 1;
                return true;
            }
            searched = filled;
            if (ended || !fill()) {
                ended = true;
                if (next == filled) {
                    return false;
                }
                show(next, filled);
                next = filled;
                return true;
            }
            searched -= dropped;
        }
    }

    byte[] bytes() {
        return buffer;
    }

    int offset() {
        return offset;
    }

    int length() {
        return length;
    }

    /** The number of the line shown, from 1. */
    long line() {
        return line;
    }

    private void show(int from, int to) throws UnreadableFile {
        offset = from;
        length = to > from && buffer[to - 1] == '\r' ? to - 1 - from : to - from;
        if (length > LONGEST_LINE) {
            throw tooLong();
        }
        line++;
    }

    private UnreadableFile tooLong() {
        return new UnreadableFile(
                EndReason.TOO_LARGE,
                line + 1,
                "Line " + (line + 1) + " is longer than 8 MiB. Check how the file was written.");
    }

    private int indexOfLineFeed(int from) {
        byte[] bytes = buffer;
        for (int i = from; i < filled; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private boolean fill() throws UnreadableFile {
        dropped = next;
        if (next > 0) {
            System.arraycopy(buffer, next, buffer, 0, filled - next);
            filled -= next;
            next = 0;
        }
        if (filled > LONGEST_LINE + 1) {
            throw tooLong();
        }
        if (filled == buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.min(buffer.length * 2, LONGEST_LINE + 3));
        }
        try {
            int count = body.read(buffer, filled, buffer.length - filled);
            if (count > 0) {
                filled += count;
            }
            return count >= 0;
        } catch (IOException e) {
            throw unreadable(e, line + 1);
        }
    }

    /** Tells a broken body from one that is too large and from a sender who stopped. */
    static UnreadableFile unreadable(IOException failure, long line) {
        return switch (failure) {
            case OverCompressed e ->
                    new UnreadableFile(EndReason.TOO_LARGE, line, String.valueOf(e.getMessage()));
            case ZipException e ->
                    new UnreadableFile(
                            EndReason.MALFORMED,
                            line,
                            "The gzip data is broken in line %d (%s). Check the file with \"gzip -t\" and send it again."
                                    .formatted(line, e.getMessage()));
            case EOFException e ->
                    new UnreadableFile(
                            EndReason.MALFORMED,
                            line,
                            "The gzip data ends in line %d before it is complete. Send the whole file again."
                                    .formatted(line));
            default ->
                    new UnreadableFile(
                            EndReason.ABORTED,
                            line,
                            "The body ended in line %d before it was complete. Send the whole file again."
                                    .formatted(line));
        };
    }
}
