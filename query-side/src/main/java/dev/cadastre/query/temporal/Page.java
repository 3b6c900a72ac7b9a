package dev.cadastre.query.temporal;

import java.util.List;

/**
 * A part of a list.
 *
 * @param total how many there are in all, before {@code after}, offset and limit
 * @param more whether others follow the last item
 */
public record Page(List<Version> items, long total, boolean more) {}
