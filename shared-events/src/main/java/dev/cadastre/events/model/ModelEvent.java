package dev.cadastre.events.model;

import dev.cadastre.events.Event;
import dev.cadastre.events.StoredAs;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Definitions are not bounded in valid time: the newest one recorded holds. */
public sealed interface ModelEvent extends Event {

    /**
     * A CI class is defined as this.
     *
     * @param attributes declared attributes: name to type, one of {@code text}, {@code integer},
     *     {@code boolean}, {@code text[]}, {@code integer[]}, {@code boolean[]}; other attributes
     *     are allowed and untyped
     */
    @StoredAs("ci-class.defined")
    record CiClassDefined(@Nullable String description, Map<String, String> attributes)
            implements ModelEvent {
        public CiClassDefined {
            attributes = attributes == null ? Map.of() : Map.copyOf(attributes);
        }
    }

    /**
     * A relation type is defined as this.
     *
     * @param inverse how the relation reads from its target, for example {@code hosts} for {@code
     *     hostedOn}
     * @param acyclic true if relations of this type may not form a cycle
     */
    @StoredAs("relation-type.defined")
    record RelationTypeDefined(
            @Nullable String description, @Nullable String inverse, boolean acyclic)
            implements ModelEvent {}
}
