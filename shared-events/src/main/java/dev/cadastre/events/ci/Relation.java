package dev.cadastre.events.ci;

import dev.cadastre.events.StreamId;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** One outgoing relation of a CI: its type and the id of the CI it points at. */
public record Relation(String type, String to) implements Comparable<Relation> {

    private static final Comparator<Relation> ORDER =
            Comparator.comparing(Relation::type).thenComparing(Relation::to);

    public Relation {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(to, "to");
    }

    /** The streams of its type and of the CI it points at. */
    public List<StreamId> ends() {
        return List.of(StreamId.relationType(type), StreamId.ci(to));
    }

    @Override
    public int compareTo(Relation other) {
        return ORDER.compare(this, other);
    }
}
