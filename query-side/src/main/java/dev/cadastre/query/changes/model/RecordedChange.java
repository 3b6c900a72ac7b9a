package dev.cadastre.query.changes.model;

import dev.cadastre.events.StreamId;
import dev.cadastre.events.json.StoredMetadata;
import dev.cadastre.eventstore.log.Envelope;
import dev.cadastre.eventstore.log.StoredEvent;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * What is said of a change set as a whole.
 *
 * @param recordedAt microseconds since 1970
 * @param earliestEffectiveAt the least effective time of its events, microseconds since 1970
 * @param latestEffectiveAt the greatest one
 * @param metadata reason, change reference and so on
 * @param events how many
 * @param entities the first {@link #MOST_ENTITIES} of what its events tell of, in their order
 * @param entityCount of how many things its events tell
 */
public record RecordedChange(
        UUID id,
        long firstPosition,
        long lastPosition,
        long recordedAt,
        long earliestEffectiveAt,
        long latestEffectiveAt,
        String principal,
        String actor,
        String source,
        StoredMetadata metadata,
        int events,
        List<StreamId> entities,
        int entityCount) {

    /** How many things are named. */
    public static final int MOST_ENTITIES = 20;

    public RecordedChange {
        entities = List.copyOf(entities);
    }

    /**
     * Reads a change set.
     *
     * @param events all of them
     */
    public static RecordedChange of(List<StoredEvent> events) {
        StoredEvent first = events.getFirst();
        Envelope common = first.envelope();
        long earliest = Long.MAX_VALUE;
        long latest = Long.MIN_VALUE;
        Set<String> streams = new LinkedHashSet<>();
        for (StoredEvent event : events) {
            earliest = Math.min(earliest, event.envelope().effectiveAt());
            latest = Math.max(latest, event.envelope().effectiveAt());
            streams.add(event.envelope().stream());
        }
        return new RecordedChange(
                common.changeSet(),
                first.position(),
                events.getLast().position(),
                common.recordedAt(),
                earliest,
                latest,
                common.principal(),
                common.actor(),
                common.source(),
                StoredMetadata.read(first.metadata()),
                events.size(),
                streams.stream().limit(MOST_ENTITIES).map(StreamId::parse).toList(),
                streams.size());
    }

    /** Whether it names no change that was to be carried out. */
    public boolean isUnplanned() {
        return isUnplanned(metadata);
    }

    static boolean isUnplanned(StoredMetadata metadata) {
        return metadata.change() == null || metadata.change().isEmpty();
    }
}
