package dev.cadastre.command.imports.model;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A body as plain bytes: gzip is recognised by its first two bytes and expanded while it is read. A
 * body that expands beyond {@value #LARGEST} bytes, or, once it has passed {@value #FREE} bytes, to
 * more than {@value #RATIO} times its compressed size, fails with {@link OverCompressed}.
 */
final class ExpandedBody extends InputStream {

    /** Expanded bytes in which the ratio is not yet looked at: 16 MiB. */
    static final long FREE = 16L << 20;

    /** The largest ratio of expanded to compressed bytes; histories reach 10 to 60. */
    static final long RATIO = 100;

    /** The largest body, expanded: 16 GiB. */
    static final long LARGEST = 16L << 30;

    private final Counted compressed;
    private @Nullable InputStream plain;
    private long expanded;

    ExpandedBody(InputStream body) {
        this.compressed = new Counted(body);
    }

    private InputStream open() throws IOException {
        PushbackInputStream ahead = new PushbackInputStream(compressed, 2);
        byte[] magic = ahead.readNBytes(2);
        ahead.unread(magic);
        boolean gzip = magic.length == 2 && (magic[0] & 0xff) == 0x1f && (magic[1] & 0xff) == 0x8b;
        return gzip ? new GZIPInputStream(ahead, 1 << 16) : ahead;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (plain == null) {
            plain = open();
        }
        int count = plain.read(bytes, offset, length);
        if (count > 0) {
            expanded += count;
            if (expanded > LARGEST) {
                throw new OverCompressed(
                        "The file is larger than 16 GiB. Split it and send the parts in order.");
            }
            if (expanded > FREE && expanded > compressed.count * RATIO) {
                throw new OverCompressed(
                        "The body expands to more than 100 times its size."
                                + " Send it with less compression, or not compressed.");
            }
        }
        return count;
    }

    private static final class Counted extends FilterInputStream {
        private long count;

        Counted(InputStream body) {
            super(body);
        }

        @Override
        public int read() throws IOException {
            int one = super.read();
            count += one < 0 ? 0 : 1;
            return one;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            count += Math.max(read, 0);
            return read;
        }
    }
}
