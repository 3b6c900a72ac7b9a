package dev.cadastre.query.shared.snapshots;

import dev.cadastre.events.snapshot.SnapshotScope;

/**
 * A snapshot of the register: what it is called and where it lies on both time axes.
 *
 * @param asOf the instant whose state it shows, microseconds since 1970
 * @param knownAt by when what it shows had been recorded, microseconds since 1970
 * @param position of the last event that it shows
 * @param taken position of the event that took it
 * @param scope which part of the register it shows
 */
public record TakenSnapshot(
        String id,
        String name,
        long asOf,
        long knownAt,
        long position,
        long taken,
        SnapshotScope scope) {

    /**
     * Whether a fact came too late for it: true by its instant, and yet recorded after what it
     * shows.
     *
     * @param effectiveAt microseconds since 1970
     * @param recordedAs position of the fact
     */
    public boolean cameBefore(long effectiveAt, long recordedAs) {
        return recordedAs > position && effectiveAt <= asOf;
    }
}
