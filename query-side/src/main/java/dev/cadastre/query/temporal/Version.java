package dev.cadastre.query.temporal;

/**
 * A version of an entity as the index holds it; its body lies in the version store under (entity,
 * number).
 *
 * @param entity the entity's number
 * @param number the version's number within its entity
 * @param row its handle for {@link KindView#value(int, int)} and {@link KindView#relations(int)}
 * @param validFrom start of its valid interval, microseconds
 * @param recordedFrom position from which it was believed
 * @param recordedTo position from which it was no longer believed, or {@link #STILL_BELIEVED}
 * @param present whether the entity exists in it
 */
public record Version(
        int entity,
        int number,
        int row,
        long validFrom,
        int recordedFrom,
        int recordedTo,
        boolean present) {

    public static final int STILL_BELIEVED = Integer.MAX_VALUE;
}
