package dev.cadastre.query.snapshots.http;

import dev.cadastre.query.register.kinds.RegisterKind;
import dev.cadastre.query.snapshots.model.Item;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Items as rows. */
final class ItemRows {

    private static final String LIFECYCLE = "lifecycle";

    private ItemRows() {}

    /**
     * The columns of a table of things of these kinds: a life cycle takes two, {@code stage} and
     * {@code status}.
     */
    static List<String> columns(List<RegisterKind> kinds) {
        Set<String> columns = new LinkedHashSet<>(List.of("kind", "id", "sha256"));
        for (RegisterKind kind : kinds) {
            for (String field : kind.fields()) {
                columns.addAll(
                        field.equals(LIFECYCLE) ? List.of("stage", "status") : List.of(field));
            }
        }
        return new ArrayList<>(columns);
    }

    /** One line a thing: the bytes of {@link SnapshotJson#of(Item)} and a line feed. */
    static Iterator<byte[]> asLines(Iterator<List<Item>> chunks) {
        return each(chunks, ItemRows::line);
    }

    /** The body is JSON already: what is told besides goes before its members. */
    private static byte[] line(Item item) {
        byte[] besides =
                ("{\"kind\":\""
                                + item.kind().word()
                                + "\",\"sha256\":\""
                                + item.contentHash()
                                + "\",")
                        .getBytes(StandardCharsets.US_ASCII);
        byte[] body = item.json();
        byte[] line = Arrays.copyOf(besides, besides.length + body.length);
        System.arraycopy(body, 1, line, besides.length, body.length - 1);
        line[line.length - 1] = '\n';
        return line;
    }

    /** One object a thing, with a member for each cell. */
    static Iterator<ObjectNode> asCells(Iterator<List<Item>> chunks) {
        return each(chunks, ItemRows::cells);
    }

    static ObjectNode cells(Item item) {
        ObjectNode row = SnapshotJson.of(item);
        JsonNode lifecycle = row.remove(LIFECYCLE);
        if (lifecycle != null) {
            row.setAll((ObjectNode) lifecycle);
        }
        return row;
    }

    private static <R> Iterator<R> each(Iterator<List<Item>> chunks, Function<Item, R> mapping) {
        return new Iterator<>() {
            private Iterator<Item> chunk = Collections.emptyIterator();

            @Override
            public boolean hasNext() {
                return chunk.hasNext() || chunks.hasNext();
            }

            @Override
            public R next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                if (!chunk.hasNext()) {
                    chunk = chunks.next().iterator();
                }
                return mapping.apply(chunk.next());
            }
        };
    }
}
