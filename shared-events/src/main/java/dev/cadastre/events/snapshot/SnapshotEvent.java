package dev.cadastre.events.snapshot;

import dev.cadastre.events.Event;
import dev.cadastre.events.StoredAs;
import dev.cadastre.events.StreamId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A named point in time of the register. Taking one copies nothing: what it shows follows from its
 * coordinates. Sealing one says which digest that has, so that anybody can tell later whether it is
 * still the same.
 */
public sealed interface SnapshotEvent extends Event {

    /** By this reference all snapshots are found. */
    @Override
    default List<StreamId> references() {
        return List.of(StreamId.SNAPSHOTS);
    }

    /**
     * A snapshot was taken.
     *
     * @param purpose what it is for, in words
     */
    @StoredAs("snapshot.taken")
    record SnapshotTaken(
            String name,
            @Nullable String purpose,
            SnapshotScope scope,
            SnapshotCoordinates coordinates)
            implements SnapshotEvent {
        public SnapshotTaken {
            scope = scope == null ? SnapshotScope.ALL : scope;
        }
    }

    /**
     * What the snapshot shows was digested.
     *
     * @param format of the digest, see {@code docs/formats/snapshot-digest.md}
     * @param digest SHA-256 in hexadecimal
     * @param entities how many assets and CIs it shows, by kind
     */
    @StoredAs("snapshot.sealed")
    record SnapshotSealed(int format, String digest, Map<String, Long> entities)
            implements SnapshotEvent {
        public SnapshotSealed {
            entities =
                    entities == null
                            ? Map.of()
                            : Collections.unmodifiableMap(new TreeMap<>(entities));
        }
    }
}
