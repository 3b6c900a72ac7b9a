package dev.cadastre.query.temporal;

import java.io.DataInput;
import java.io.EOFException;
import java.io.IOException;
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
            FrameReader in = new FrameReader(image, checksum);
            byte[] root = in.readBytes(in.readCount());
            int count = in.readCount();
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
            if (!in.isAtEnd()) {
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

    private static void readKind(EntityKind declared, KindIndex kind, FrameReader in)
            throws IOException {
        KindVocabulary vocabulary = kind.vocabulary;
        boolean same = in.readText().equals(declared.name());
        int facets = in.readInt();
        same &= facets == declared.facets().size();
        for (int facet = 0; same && facet < facets; facet++) {
            same = in.readText().equals(declared.facets().get(facet));
            int values = in.readInt();
            for (int value = 0; same && value < values; value++) {
                vocabulary.internValue(facet, in.readText());
            }
        }
        if (!same) {
            throw new DamagedImage("it holds other kinds of entities or facets");
        }
        int entities = in.readInt();
        for (int entity = 0; entity < entities; entity++) {
            vocabulary.internEntity(in.readText());
            kind.reserve(entity, in.readCount());
        }
        int types = in.readInt();
        for (int type = 0; type < types; type++) {
            vocabulary.internRelationType(in.readText());
        }
        int sets = in.readInt();
        for (int set = 0; set < sets; set++) {
            int[] pairs = new int[in.readCount()];
            for (int i = 0; i < pairs.length; i++) {
                pairs[i] = in.readInt();
            }
            vocabulary.internPairs(pairs);
        }
        int ordered = in.readInt();
        for (int place = 0; place < ordered; place++) {
            kind.order.addLast(in.readInt());
        }
        readRows(kind, facets, in);
    }

    private static void readRows(KindIndex kind, int facets, FrameReader in) throws IOException {
        String name = kind.vocabulary.kind().name();
        int rows = in.readInt();
        int[] values = new int[facets];
        int believed = rows;
        LongColumn starts = new LongColumn();
        for (int row = 0; row < rows; row++) {
            int entity = in.readInt();
            int number = in.readInt();
            long validFrom = in.readLong();
            starts.set(row, validFrom);
            int recordedFrom = in.readInt();
            int recordedTo = in.readInt();
            boolean present = in.readFlag();
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
        KindIndex.LogRestorer log = kind.restoreLog();
        for (int i = 0; i < believed; i++) {
            int row = in.readInt();
            log.restore(starts.get(row), row);
        }
    }
}
