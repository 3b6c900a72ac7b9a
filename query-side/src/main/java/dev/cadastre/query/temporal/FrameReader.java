package dev.cadastre.query.temporal;

import java.io.DataInput;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** Reads the body of an index image, each frame verified before any of it is believed. */
final class FrameReader {

    private final DataInput image;
    private final CRC32C checksum;
    private final byte[] bytes = new byte[ImageWriter.FRAME];
    private final ByteBuffer frame = ByteBuffer.wrap(bytes).limit(0);

    /** What lies across the edge of two frames. */
    private final byte[] pieces = new byte[8];

    private boolean ended;

    /**
     * @param checksum of what came before the first frame
     */
    FrameReader(DataInput image, CRC32C checksum) {
        this.image = image;
        this.checksum = checksum;
    }

    int readInt() throws IOException {
        if (frame.remaining() >= 4) {
            return frame.getInt();
        }
        read(pieces, 4);
        return ByteBuffer.wrap(pieces).getInt();
    }

    long readLong() throws IOException {
        if (frame.remaining() >= 8) {
            return frame.getLong();
        }
        read(pieces, 8);
        return ByteBuffer.wrap(pieces).getLong();
    }

    boolean readFlag() throws IOException {
        if (!frame.hasRemaining()) {
            nextFrame();
        }
        return frame.get() != 0;
    }

    /** A number of things that follow, each of at least one byte. */
    int readCount() throws IOException {
        int count = readInt();
        if (count < 0) {
            throw new DamagedImage("a count is negative");
        }
        return count;
    }

    byte[] readBytes(int length) throws IOException {
        byte[] read = new byte[length];
        read(read, length);
        return read;
    }

    String readText() throws IOException {
        int length = readCount();
        if (!readFlag()) {
            return ByteBuffer.wrap(readBytes(2 * length)).asCharBuffer().toString();
        }
        if (frame.remaining() >= length) {
            String text = new String(bytes, frame.position(), length, StandardCharsets.ISO_8859_1);
            frame.position(frame.position() + length);
            return text;
        }
        return new String(readBytes(length), StandardCharsets.ISO_8859_1);
    }

    private void read(byte[] target, int length) throws IOException {
        int done = 0;
        while (done < length) {
            if (!frame.hasRemaining()) {
                nextFrame();
            }
            int part = Math.min(length - done, frame.remaining());
            frame.get(target, done, part);
            done += part;
        }
    }

    /** Whether all has been read, the frame that ends the image included. */
    boolean isAtEnd() throws IOException {
        if (frame.hasRemaining()) {
            return false;
        }
        if (!ended) {
            takeFrame();
        }
        return ended;
    }

    private void nextFrame() throws IOException {
        if (!ended) {
            takeFrame();
        }
        if (ended) {
            throw new EOFException();
        }
    }

    private void takeFrame() throws IOException {
        int length = image.readInt();
        if (length < 0 || length > bytes.length) {
            throw new DamagedImage("a frame has an impossible length");
        }
        image.readFully(bytes, 0, length);
        checksum.update(bytes, 0, length);
        if (image.readInt() != (int) checksum.getValue()) {
            throw new DamagedImage("a checksum does not match");
        }
        frame.position(0).limit(length);
        ended = length == 0;
    }
}
