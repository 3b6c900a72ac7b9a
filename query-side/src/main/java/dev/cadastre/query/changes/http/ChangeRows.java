package dev.cadastre.query.changes.http;

import dev.cadastre.query.changes.model.ChangePage;
import dev.cadastre.query.changes.model.Changes;
import dev.cadastre.query.changes.model.RecordedChange;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** All change sets that a request is about as rows, found as they are asked for. */
final class ChangeRows implements Iterator<ObjectNode> {

    private static final int CHUNK = 1_000;

    private final Changes changes;
    private final ChangeRequest wanted;
    private final Function<RecordedChange, ObjectNode> row;
    private @Nullable Long place;
    private Iterator<RecordedChange> chunk = List.<RecordedChange>of().iterator();

    ChangeRows(Changes changes, ChangeRequest wanted, Function<RecordedChange, ObjectNode> row) {
        this.changes = changes;
        this.wanted = wanted;
        this.row = row;
        this.place = wanted.place();
    }

    @Override
    public boolean hasNext() {
        while (!chunk.hasNext() && place != null) {
            // A rare filter looks at much before there is anything to write.
            if (Thread.currentThread().isInterrupted()) {
                throw new IllegalStateException("nobody waits for these changes any more");
            }
            ChangePage page =
                    changes.page(
                            wanted.selection(),
                            wanted.direction(),
                            place,
                            wanted.at().position(),
                            CHUNK);
            chunk = page.changes().iterator();
            place = page.next();
        }
        return chunk.hasNext();
    }

    @Override
    public ObjectNode next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return row.apply(chunk.next());
    }
}
