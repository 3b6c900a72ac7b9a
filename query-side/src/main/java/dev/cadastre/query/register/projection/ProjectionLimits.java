package dev.cadastre.query.register.projection;

/**
 * How much the projection takes at once and keeps.
 *
 * @param batchEvents about how many events are read and shown at once while it is behind
 * @param cachedBytes about how much heap latest states and whole timelines may take
 * @param imageEvery after how many events the index image is saved anew
 */
public record ProjectionLimits(int batchEvents, long cachedBytes, long imageEvery) {

    public static final ProjectionLimits DEFAULT =
            new ProjectionLimits(4_096, Runtime.getRuntime().maxMemory() / 8, 1_000_000);
}
