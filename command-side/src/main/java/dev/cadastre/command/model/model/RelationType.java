package dev.cadastre.command.model.model;

import dev.cadastre.command.shared.AggregateType;
import dev.cadastre.command.shared.Decision;
import dev.cadastre.command.shared.Neighbours;
import dev.cadastre.command.shared.RelationTypeDefinition;
import dev.cadastre.command.shared.TimelineAggregate;
import dev.cadastre.events.StreamId;
import dev.cadastre.events.model.ModelEvent.RelationTypeDefined;
import dev.cadastre.eventstore.axon.EventMetadata;
import java.util.List;
import java.util.Objects;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.messaging.annotation.MetaDataValue;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/**
 * A relation type. A new definition binds what is recorded from then on; nothing is judged again.
 */
public final class RelationType extends TimelineAggregate<RelationTypeDefinition> {

    public static final AggregateType<RelationType> TYPE =
            new AggregateType<>(RelationType.class, RelationType::new, RelationTypeDefinition.FOLD);

    RelationType() {
        super(RelationTypeDefinition.FOLD);
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(
            DefineRelationType command,
            @MetaDataValue(EventMetadata.EFFECTIVE_AT) @Nullable Long effectiveAt,
            Neighbours neighbours) {
        RelationTypeDefined wanted = command.definition();
        RelationTypeDefinition now = timeline().last();
        boolean same =
                now.present()
                        && Objects.equals(now.description(), wanted.description())
                        && Objects.equals(now.inverse(), wanted.inverse())
                        && now.acyclic() == wanted.acyclic();
        record(command, same ? List.of() : List.of(new Recording(wanted, effectiveAt)), neighbours);
    }

    @Override
    protected List<StreamId> check(
            Decision<RelationTypeDefinition> decision, Neighbours neighbours) {
        return List.of();
    }
}
