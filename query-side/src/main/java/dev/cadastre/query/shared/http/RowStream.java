package dev.cadastre.query.shared.http;

import dev.cadastre.http.json.HttpJson;
import dev.cadastre.query.shared.list.Parameters;
import dev.cadastre.query.shared.time.Coordinates;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.springframework.http.MediaType;
import tools.jackson.databind.node.ObjectNode;

/** Rows as a stream: one JSON object a line, or a table of cells. Made as fast as it is taken. */
public final class RowStream {

    /** The parameter that leaves cells as they are. */
    public static final String RAW = "raw";

    /** Parameters that mean something for a page only. */
    private static final List<String> OF_PAGES =
            List.of(RowWindow.LIMIT, RowWindow.CURSOR, RowWindow.OFFSET);

    private static final int CHUNK_BYTES = 32_768;

    private RowStream() {}

    /**
     * An answer with all rows.
     *
     * @param columns members of a row that become cells, in their order
     */
    public static Answer of(
            Query query,
            Coordinates at,
            ListFormat format,
            List<String> columns,
            Iterator<ObjectNode> rows) {
        refusePages(query, format.type());
        CsvCells cells = new CsvCells(query.parameters().truth(RAW, false));
        Iterator<byte[]> chunks =
                format == ListFormat.CSV
                        ? new Chunks<>(header(columns), rows, row -> cells(row, columns, cells))
                        : new Chunks<>(new byte[0], rows, RowStream::line);
        return new Answer.Streamed(at, format.type(), chunks);
    }

    /**
     * An answer with all rows, one a line.
     *
     * @param lines a JSON object each, and its line feed
     */
    public static Answer ofLines(Query query, Coordinates at, Iterator<byte[]> lines) {
        MediaType type = ListFormat.NDJSON.type();
        refusePages(query, type);
        query.parameters().truth(RAW, false);
        return new Answer.Streamed(at, type, new Chunks<>(new byte[0], lines, line -> line));
    }

    /** Refuses the parameters that mean something for a page only. */
    public static void refusePages(Query query, MediaType type) {
        for (String ofPages : OF_PAGES) {
            if (!query.parameters().all(ofPages).isEmpty()) {
                throw Parameters.refused(
                        ofPages,
                        ofPages + " is for pages; as " + type + " the whole result comes.");
            }
        }
    }

    private static byte[] header(List<String> columns) {
        return (String.join(",", columns) + "\r\n").getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] cells(ObjectNode row, List<String> columns, CsvCells cells) {
        StringBuilder text = new StringBuilder(256);
        for (int i = 0; i < columns.size(); i++) {
            if (i > 0) {
                text.append(',');
            }
            cells.append(row.path(columns.get(i)), text);
        }
        return text.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] line(ObjectNode row) {
        ByteArrayOutputStream line = new ByteArrayOutputStream(512);
        line.writeBytes(HttpJson.mapper().writeValueAsBytes(row));
        line.write('\n');
        return line.toByteArray();
    }

    private static final class Chunks<R> implements Iterator<byte[]> {
        private final Iterator<R> rows;
        private final Function<R, byte[]> writing;
        private byte[] header;

        private Chunks(byte[] header, Iterator<R> rows, Function<R, byte[]> writing) {
            this.header = header;
            this.rows = rows;
            this.writing = writing;
        }

        @Override
        public boolean hasNext() {
            return header.length > 0 || rows.hasNext();
        }

        @Override
        public byte[] next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            ByteArrayOutputStream chunk = new ByteArrayOutputStream(CHUNK_BYTES);
            chunk.writeBytes(header);
            header = new byte[0];
            while (chunk.size() < CHUNK_BYTES && rows.hasNext()) {
                chunk.writeBytes(writing.apply(rows.next()));
            }
            return chunk.toByteArray();
        }
    }
}
