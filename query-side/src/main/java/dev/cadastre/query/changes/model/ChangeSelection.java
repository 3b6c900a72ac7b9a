package dev.cadastre.query.changes.model;

import dev.cadastre.events.json.StoredMetadata;
import dev.cadastre.eventstore.log.Envelope;
import dev.cadastre.eventstore.log.StoredEvent;
import dev.cadastre.query.shared.facts.StreamKinds;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which change sets are meant: those that pass each of the tests asked for. An empty set asks for
 * nothing, of several values one suffices, and every value is exact.
 *
 * @param changes change references
 * @param kinds of streams, for example {@code ci}; one event suffices
 * @param streams texts of streams, for example {@code ci:web-1}; one event suffices
 * @param unplanned whether they have no change reference; null for either
 */
public record ChangeSelection(
        Set<String> changes,
        Set<String> actors,
        Set<String> principals,
        Set<String> sources,
        Set<String> kinds,
        Set<String> streams,
        @Nullable Boolean unplanned) {

    /** Every change set. */
    public static final ChangeSelection ALL =
            new ChangeSelection(Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), null);

    public ChangeSelection {
        changes = Set.copyOf(changes);
        actors = Set.copyOf(actors);
        principals = Set.copyOf(principals);
        sources = Set.copyOf(sources);
        kinds = Set.copyOf(kinds);
        streams = Set.copyOf(streams);
    }

    boolean admits(List<StoredEvent> changeSet) {
        return admitsOrigin(changeSet.getFirst())
                && (kinds.isEmpty()
                        || changeSet.stream()
                                .anyMatch(event -> kinds.contains(StreamKinds.of(stream(event)))))
                && (streams.isEmpty()
                        || changeSet.stream().anyMatch(event -> streams.contains(stream(event))));
    }

    /** What all events of a change set have in common, any of them tells. */
    boolean admitsOrigin(StoredEvent any) {
        Envelope envelope = any.envelope();
        return admits(actors, envelope.actor())
                && admits(principals, envelope.principal())
                && admits(sources, envelope.source())
                && admitsReference(any);
    }

    private boolean admitsReference(StoredEvent any) {
        if (changes.isEmpty() && unplanned == null) {
            return true;
        }
        StoredMetadata metadata = StoredMetadata.read(any.metadata());
        return (unplanned == null || unplanned == RecordedChange.isUnplanned(metadata))
                && (changes.isEmpty()
                        || metadata.change() != null && changes.contains(metadata.change()));
    }

    private static boolean admits(Set<String> wanted, String value) {
        return wanted.isEmpty() || wanted.contains(value);
    }

    private static String stream(StoredEvent event) {
        return event.envelope().stream();
    }
}
