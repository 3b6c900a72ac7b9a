package dev.cadastre.query.changes.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some change sets, and where to go on.
 *
 * @param next the place after which the next page begins; null where nothing more can come
 */
public record ChangePage(List<RecordedChange> changes, @Nullable Long next) {

    public ChangePage {
        changes = List.copyOf(changes);
    }
}
