package dev.cadastre.command.shared;

import dev.cadastre.events.StreamId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of a change set.
 *
 * @param changeSet its id
 * @param position of its last event; null if it changed nothing
 * @param recordedAt microseconds since 1970; null if it changed nothing
 * @param events how many events it has
 * @param entities the targets of its commands, each once, in their order
 */
public record Recorded(
        UUID changeSet,
        @Nullable Long position,
        @Nullable Long recordedAt,
        int events,
        List<Entity> entities) {

    /**
     * Where an entity stands after the change set.
     *
     * @param sequenceNumber of its last event; -1 if it has none
     * @param position of its last event in this change set; null if this changed nothing of it
     */
    public record Entity(StreamId stream, long sequenceNumber, @Nullable Long position) {}
}
