package dev.cadastre.command.shared;

import dev.cadastre.events.StreamId;
import dev.cadastre.events.model.ModelEvent.RelationTypeDefined;
import org.jspecify.annotations.Nullable;

/**
 * A relation type as it is defined now.
 *
 * @param present whether it is defined
 * @param inverse how the relation reads from its target
 * @param acyclic whether relations of this type may not form a cycle
 */
public record RelationTypeDefinition(
        boolean present, @Nullable String description, @Nullable String inverse, boolean acyclic)
        implements EntityState {

    /** Definitions are not bounded in valid time: the newest one holds. */
    public static final Fold<RelationTypeDefinition> FOLD =
            new Fold<>() {
                @Override
                public String kind() {
                    return StreamId.RELATION_TYPE;
                }

                @Override
                public RelationTypeDefinition absent() {
                    return new RelationTypeDefinition(false, null, null, false);
                }

                @Override
                public RelationTypeDefinition apply(RelationTypeDefinition state, Fact fact) {
                    RelationTypeDefined defined = (RelationTypeDefined) fact.event();
                    return new RelationTypeDefinition(
                            true, defined.description(), defined.inverse(), defined.acyclic());
                }

                @Override
                public boolean timeless() {
                    return true;
                }
            };
}
