package dev.cadastre.query.diff.model;

import dev.cadastre.query.shared.difference.BodyDifference;
import dev.cadastre.query.temporal.Version;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * How one thing differs between two coordinates.
 *
 * @param kind name of its entity kind
 * @param from its version at the first coordinates, or null if it was not there
 * @param to its version at the second, or null if it was not there
 * @param before its body at the first coordinates
 * @param after its body at the second
 * @param content field by field
 * @param facts those that are part of the one state and not of the other, as recorded
 */
public record EntityDifference(
        String kind,
        String id,
        @Nullable Version from,
        @Nullable Version to,
        @Nullable JsonNode before,
        @Nullable JsonNode after,
        BodyDifference content,
        List<FoldDifference> facts) {

    /** What happened to the thing, all in all. */
    public enum Change {
        ADDED,
        REMOVED,
        CHANGED,
        UNCHANGED
    }

    public EntityDifference {
        facts = List.copyOf(facts);
    }

    public Change change() {
        if (from == null) {
            return to == null ? Change.UNCHANGED : Change.ADDED;
        }
        if (to == null) {
            return Change.REMOVED;
        }
        return content.isEmpty() ? Change.UNCHANGED : Change.CHANGED;
    }
}
