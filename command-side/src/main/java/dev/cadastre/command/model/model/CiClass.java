package dev.cadastre.command.model.model;

import dev.cadastre.command.shared.AggregateType;
import dev.cadastre.command.shared.CiClassDefinition;
import dev.cadastre.command.shared.Decision;
import dev.cadastre.command.shared.Neighbours;
import dev.cadastre.command.shared.Rejection.NotAllowed;
import dev.cadastre.command.shared.TimelineAggregate;
import dev.cadastre.events.StreamId;
import dev.cadastre.events.model.ModelEvent.CiClassDefined;
import dev.cadastre.eventstore.axon.EventMetadata;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.messaging.annotation.MetaDataValue;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/** A CI class. A new definition binds what is recorded from then on; nothing is judged again. */
public final class CiClass extends TimelineAggregate<CiClassDefinition> {

    public static final AggregateType<CiClass> TYPE =
            new AggregateType<>(CiClass.class, CiClass::new, CiClassDefinition.FOLD);

    /** What an attribute can be declared as. */
    public static final Set<String> ATTRIBUTE_TYPES =
            Set.of("text", "integer", "boolean", "text[]", "integer[]", "boolean[]");

    CiClass() {
        super(CiClassDefinition.FOLD);
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(
            DefineCiClass command,
            @MetaDataValue(EventMetadata.EFFECTIVE_AT) @Nullable Long effectiveAt,
            Neighbours neighbours) {
        CiClassDefined wanted = command.definition();
        wanted.attributes()
                .forEach(
                        (attribute, type) -> {
                            if (!ATTRIBUTE_TYPES.contains(type)) {
                                throw new NotAllowed(
                                        "/attributes/"
                                                + attribute.replace("~", "~0").replace("/", "~1"),
                                        "An attribute is declared as one of "
                                                + String.join(
                                                        ", ",
                                                        ATTRIBUTE_TYPES.stream().sorted().toList())
                                                + ".");
                            }
                        });
        CiClassDefinition now = timeline().last();
        boolean same =
                now.present()
                        && Objects.equals(now.description(), wanted.description())
                        && now.attributes().equals(wanted.attributes());
        record(command, same ? List.of() : List.of(new Recording(wanted, effectiveAt)), neighbours);
    }

    @Override
    protected List<StreamId> check(Decision<CiClassDefinition> decision, Neighbours neighbours) {
        return List.of();
    }
}
