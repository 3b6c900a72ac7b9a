package dev.cadastre.query.temporal;

import org.jspecify.annotations.Nullable;

/**
 * Which part of a list, in which order. Ids are ordered as {@link String#compareTo}; a facet's
 * values likewise with unknown last, and within one value by id.
 *
 * @param sort facet to order by; null for the id alone
 * @param descending whether the whole order is turned round
 * @param after the last entity of the page before, by number, with the value it was listed under;
 *     null for the beginning
 * @param offset how many to pass over after that
 * @param limit how many to return at most
 */
public record PageRequest(
        @Nullable String sort, boolean descending, @Nullable After after, int offset, int limit) {

    /**
     * Where the page before ended.
     *
     * @param entity number of its last entity
     * @param value number of the value of the sort facet that entity was listed under; without a
     *     sort {@link Vocabulary#NO_VALUE}
     */
    public record After(int entity, int value) {}

    public PageRequest {
        if (offset < 0 || limit < 0) {
            throw new IllegalArgumentException("offset and limit are not negative");
        }
    }

    /** In id order from an offset on. */
    public static PageRequest byId(int offset, int limit) {
        return new PageRequest(null, false, null, offset, limit);
    }
}
