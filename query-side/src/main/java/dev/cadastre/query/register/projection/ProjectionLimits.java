package dev.cadastre.query.register.projection;

/**
 * How much the projection takes at once and keeps.
 *
 * @param batchEvents about how many events are read and shown at once while it is behind
 * @param cachedFacts how many facts and latest states are kept in the heap
 * @param imageEvery after how many events the index image is saved anew
 */
public record ProjectionLimits(int batchEvents, long cachedFacts, long imageEvery) {

    public static final ProjectionLimits DEFAULT = new ProjectionLimits(4_096, 400_000, 1_000_000);
}
