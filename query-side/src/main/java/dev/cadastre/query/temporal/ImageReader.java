package dev.cadastre.query.temporal;

import java.io.DataInput;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/** Reads an index image; refuses all that {@link ImageWriter} would not have written. */
final class ImageReader {

    private final DataInput image;
    private final CRC32C checksum = new CRC32C();

    ImageReader(DataInput image) {
        this.image = image;
    }

    /** Fills empty commits and kinds; returns the root hash. */
    byte[] read(Commits commits, List<EntityKind> declared, Map<String, KindIndex> kinds)
            throws IOException {
        try {
            readHead();
            Frames frames = new Frames();
            DataInputStream in = new DataInputStream(frames);
            byte[] root = in.readNBytes(in.readInt());
            int count = in.readInt();
            for (int commit = 0; commit < count; commit++) {
                commits.add(in.readInt(), in.readLong());
            }
            if (in.readInt() != declared.size()) {
                throw new DamagedImage("it holds other kinds of entities");
            }
            for (EntityKind kind : declared) {
                readKind(kind, kinds.get(kind.name()), in);
                kinds.get(kind.name()).publish();
            }
            if (in.read() >= 0) {
                throw new DamagedImage("it goes on behind its end");
            }
            return root;
        } catch (EOFException e) {
            throw new DamagedImage("it ends early");
        } catch (RuntimeException e) {
            throw new DamagedImage("its content does not fit together: " + e.getMessage());
        }
    }

    private void readHead() throws IOException {
        byte[] magic = new byte[ImageWriter.MAGIC.length];
        image.readFully(magic);
        if (!Arrays.equals(magic, ImageWriter.MAGIC)) {
            throw new DamagedImage("it is not an index image");
        }
        byte[] format = new byte[4];
        image.readFully(format);
        if (format[0] != 0 || format[1] != 0 || format[2] != 0 || format[3] != ImageWriter.FORMAT) {
            throw new DamagedImage("it has another format version than " + ImageWriter.FORMAT);
        }
        checksum.update(magic);
        checksum.update(format);
    }

    private static void readKind(EntityKind declared, KindIndex kind, DataInputStream in)
            throws IOException {
        KindVocabulary vocabulary = kind.vocabulary;
        boolean same = readText(in).equals(declared.name());
        int facets = in.readInt();
        same &= facets == declared.facets().size();
        for (int facet = 0; same && facet < facets; facet++) {
            same = readText(in).equals(declared.facets().get(facet));
            int values = in.readInt();
            for (int value = 0; same && value < values; value++) {
                vocabulary.internValue(facet, readText(in));
            }
        }
        if (!same) {
            throw new DamagedImage("it holds other kinds of entities or facets");
        }
        int entities = in.readInt();
        for (int entity = 0; entity < entities; entity++) {
            vocabulary.internEntity(readText(in));
        }
        int types = in.readInt();
        for (int type = 0; type < types; type++) {
            vocabulary.internRelationType(readText(in));
        }
        int sets = in.readInt();
        for (int set = 0; set < sets; set++) {
            int[] pairs = new int[in.readInt()];
            for (int i = 0; i < pairs.length; i++) {
                pairs[i] = in.readInt();
            }
            vocabulary.internPairs(pairs);
        }
        readRows(kind, facets, in);
    }

    private static void readRows(KindIndex kind, int facets, DataInputStream in)
            throws IOException {
        String name = kind.vocabulary.kind().name();
        int rows = in.readInt();
        int[] values = new int[facets];
        int believed = rows;
        for (int row = 0; row < rows; row++) {
            int entity = in.readInt();
            int number = in.readInt();
            long validFrom = in.readLong();
            int recordedFrom = in.readInt();
            int recordedTo = in.readInt();
            boolean present = in.readBoolean();
            int relations = in.readInt();
            for (int facet = 0; facet < facets; facet++) {
                values[facet] = in.readInt();
            }
            kind.restore(
                    new VersionChange.Began(
                            name,
                            entity,
                            number,
                            recordedFrom,
                            validFrom,
                            present,
                            values,
                            relations),
                    recordedTo);
            believed -= recordedTo == Version.STILL_BELIEVED ? 0 : 1;
        }
        if (in.readInt() != believed) {
            throw new DamagedImage("its change log does not hold what is believed");
        }
        for (int i = 0; i < believed; i++) {
            kind.restoreToLog(in.readInt());
        }
    }

    private static String readText(DataInputStream in) throws IOException {
        int length = in.readInt();
        boolean latin = in.readBoolean();
        byte[] bytes = new byte[latin ? length : 2 * length];
        in.readFully(bytes);
        return latin
                ? new String(bytes, StandardCharsets.ISO_8859_1)
                : ByteBuffer.wrap(bytes).asCharBuffer().toString();
    }

    /** The body, each frame verified before any of it is believed. */
    private final class Frames extends InputStream {
        private final byte[] buffer = new byte[ImageWriter.FRAME];
        private int length;
        private int next;
        private boolean ended;

        @Override
        public int read() throws IOException {
            return next < length || nextFrame() ? buffer[next++] & 0xff : -1;
        }

        @Override
        public int read(byte[] bytes, int from, int wanted) throws IOException {
            if (wanted == 0) {
                return 0;
            }
            if (next == length && !nextFrame()) {
                return -1;
            }
            int part = Math.min(wanted, length - next);
            System.arraycopy(buffer, next, bytes, from, part);
            next += part;
            return part;
        }

        private boolean nextFrame() throws IOException {
            if (ended) {
                return false;
            }
            length = image.readInt();
            next = 0;
            if (length < 0 || length > buffer.length) {
                throw new DamagedImage("a frame has an impossible length");
            }
            image.readFully(buffer, 0, length);
            checksum.update(buffer, 0, length);
            if (image.readInt() != (int) checksum.getValue()) {
                throw new DamagedImage("a checksum does not match");
            }
            ended = length == 0;
            return !ended;
        }
    }
}
