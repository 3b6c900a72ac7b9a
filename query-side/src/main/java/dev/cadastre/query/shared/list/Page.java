package dev.cadastre.query.shared.list;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param next cursor of the page after this one, or null at the end
 * @param total number of items on all pages
 */
public record Page<T>(List<T> items, @Nullable String next, long total) {
    public Page {
        items = List.copyOf(items);
    }
}
