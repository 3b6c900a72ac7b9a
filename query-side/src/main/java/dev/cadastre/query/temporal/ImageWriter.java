package dev.cadastre.query.temporal;

import java.io.ByteArrayOutputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.zip.CRC32C;

/** Writes an index image as {@code docs/formats/index-image.md} lays it down. */
final class ImageWriter {

    static final byte[] MAGIC = "cadastre-index\n".getBytes(StandardCharsets.US_ASCII);
    static final int FORMAT = 2;
    static final int FRAME = 1 << 16;

    private final DataOutput image;
    private final CRC32C checksum = new CRC32C();

    ImageWriter(DataOutput image) {
        this.image = image;
    }

    void write(Commits commits, Collection<KindIndex> kinds, byte[] root) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        head.writeBytes(MAGIC);
        new DataOutputStream(head).writeInt(FORMAT);
        checksum.update(head.toByteArray());
        image.write(head.toByteArray());

        Frames frames = new Frames();
        DataOutputStream out = new DataOutputStream(frames);
        out.writeInt(root.length);
        out.write(root);
        out.writeInt(commits.count());
        for (int commit = 0; commit < commits.count(); commit++) {
            out.writeInt(commits.lastPosition(commit));
            out.writeLong(commits.recordedAt(commit));
        }
        out.writeInt(kinds.size());
        for (KindIndex kind : kinds) {
            writeVocabulary(kind, out);
            writeOrder(kind, out);
            writeRows(kind, out);
        }
        frames.end();
    }

    private static void writeVocabulary(KindIndex kind, DataOutputStream out) throws IOException {
        KindVocabulary vocabulary = kind.vocabulary;
        writeText(vocabulary.kind().name(), out);
        List<String> facets = vocabulary.kind().facets();
        out.writeInt(facets.size());
        for (int facet = 0; facet < facets.size(); facet++) {
            writeText(facets.get(facet), out);
            out.writeInt(vocabulary.values(facet) - 1);
            for (int value = 1; value < vocabulary.values(facet); value++) {
                writeText(String.valueOf(vocabulary.text(facet, value)), out);
            }
        }
        out.writeInt(vocabulary.entities());
        for (int entity = 0; entity < vocabulary.entities(); entity++) {
            writeText(vocabulary.id(entity), out);
            out.writeInt(kind.timelines.size(entity));
        }
        out.writeInt(vocabulary.relationTypes());
        for (int type = 0; type < vocabulary.relationTypes(); type++) {
            writeText(vocabulary.relationType(type), out);
        }
        out.writeInt(vocabulary.relationSets() - 1);
        for (int set = 1; set < vocabulary.relationSets(); set++) {
            int[] pairs = vocabulary.pairs(set);
            out.writeInt(pairs.length);
            for (int number : pairs) {
                out.writeInt(number);
            }
        }
    }

    private static void writeOrder(KindIndex kind, DataOutputStream out) throws IOException {
        IntList order = new IntList();
        kind.order.walk(
                -1,
                false,
                entity -> {
                    order.add(entity);
                    return true;
                });
        out.writeInt(order.size());
        for (int place = 0; place < order.size(); place++) {
            out.writeInt(order.get(place));
        }
    }

    private static void writeRows(KindIndex kind, DataOutputStream out) throws IOException {
        Rows rows = kind.rows;
        TimelineCursor timeline = new TimelineCursor();
        out.writeInt(rows.count());
        for (int row = 0; row < rows.count(); row++) {
            kind.timelines.find(rows.entity(row), timeline);
            int entry = timeline.entryOf(row);
            out.writeInt(rows.entity(row));
            out.writeInt(rows.number(row));
            out.writeLong(timeline.validFrom(entry));
            out.writeInt(rows.recordedFrom(row));
            out.writeInt(timeline.recordedTo(entry));
            out.writeBoolean(rows.present(row));
            out.writeInt(rows.relations(row));
            for (int facet = 0; facet < rows.facets(); facet++) {
                out.writeInt(rows.value(row, facet));
            }
        }
        IntList believed = new IntList();
        kind.log.forEach(Long.MIN_VALUE, Long.MAX_VALUE, believed::add);
        out.writeInt(believed.size());
        for (int i = 0; i < believed.size(); i++) {
            out.writeInt(believed.get(i));
        }
    }

    private static void writeText(String text, DataOutputStream out) throws IOException {
        boolean latin = text.chars().allMatch(unit -> unit < 256);
        out.writeInt(text.length());
        out.writeBoolean(latin);
        if (latin) {
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        } else {
            // Unit by unit, not through an encoder: an id may hold half a surrogate pair.
            out.writeChars(text);
        }
    }

    /** Cuts the body into frames, each followed by the checksum of all that came so far. */
    private final class Frames extends OutputStream {
        private final byte[] buffer = new byte[FRAME];
        private int filled;

        @Override
        public void write(int unit) throws IOException {
            if (filled == FRAME) {
                writeFrame();
            }
            buffer[filled++] = (byte) unit;
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            int done = 0;
            while (done < length) {
                if (filled == FRAME) {
                    writeFrame();
                }
                int part = Math.min(length - done, FRAME - filled);
                System.arraycopy(bytes, from + done, buffer, filled, part);
                filled += part;
                done += part;
            }
        }

        private void writeFrame() throws IOException {
            image.writeInt(filled);
            image.write(buffer, 0, filled);
            checksum.update(buffer, 0, filled);
            image.writeInt((int) checksum.getValue());
            filled = 0;
        }

        /** An empty frame ends the image. */
        void end() throws IOException {
            if (filled > 0) {
                writeFrame();
            }
            writeFrame();
        }
    }
}
