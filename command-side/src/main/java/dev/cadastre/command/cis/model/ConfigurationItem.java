package dev.cadastre.command.cis.model;

import static org.axonframework.modelling.command.AggregateCreationPolicy.CREATE_IF_MISSING;

import dev.cadastre.command.cis.model.CiCommand.ChangeCi;
import dev.cadastre.command.cis.model.CiCommand.CorrectCi;
import dev.cadastre.command.cis.model.CiCommand.DescribeCi;
import dev.cadastre.command.cis.model.CiCommand.LinkCiToAsset;
import dev.cadastre.command.cis.model.CiCommand.MoveCi;
import dev.cadastre.command.cis.model.CiCommand.RegisterCi;
import dev.cadastre.command.cis.model.CiCommand.RelateCi;
import dev.cadastre.command.cis.model.CiCommand.RemoveCi;
import dev.cadastre.command.cis.model.CiCommand.RestoreCi;
import dev.cadastre.command.cis.model.CiCommand.UnrelateCi;
import dev.cadastre.command.shared.AggregateType;
import dev.cadastre.command.shared.Decision;
import dev.cadastre.command.shared.Neighbours;
import dev.cadastre.command.shared.Timeline;
import dev.cadastre.command.shared.TimelineAggregate;
import dev.cadastre.events.StreamId;
import dev.cadastre.events.ci.CiEvent;
import dev.cadastre.events.ci.CiEvent.CiChanged;
import dev.cadastre.eventstore.axon.EventMetadata;
import java.util.List;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.messaging.annotation.MetaDataValue;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/** A configuration item. It owns its outgoing relations. */
public final class ConfigurationItem extends TimelineAggregate<CiState> {

    public static final AggregateType<ConfigurationItem> TYPE =
            new AggregateType<>(ConfigurationItem.class, ConfigurationItem::new, CiFold.INSTANCE);

    ConfigurationItem() {
        super(CiFold.INSTANCE);
    }

    /** The class of a CI after all that is recorded of it; null if it is absent then. */
    public static @Nullable String classOf(Timeline<?> ofCi) {
        return ((CiState) ofCi.last()).ciClass();
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void handle(
            RegisterCi command,
            @MetaDataValue(EventMetadata.EFFECTIVE_AT) @Nullable Long effectiveAt,
            Neighbours neighbours) {
        new CiVocabulary(neighbours).checkRegistration(command);
        decide(command, effectiveAt, neighbours, moment -> moment.register(command));
    }

    @CommandHandler
    void handle(
            ChangeCi command,
            @MetaDataValue(EventMetadata.EFFECTIVE_AT) @Nullable Long effectiveAt,
            Neighbours neighbours) {
        new CiVocabulary(neighbours).checkRelations("/relationsAdded", command.relationsAdded());
        decide(
                command,
                effectiveAt,
                neighbours,
                moment ->
                        moment.change(
                                new CiChanged(
                                        command.set(),
                                        command.unset(),
                                        command.relationsAdded(),
                                        command.relationsRemoved())));
    }

    @CommandHandler
    void handle(
            DescribeCi command,
            @MetaDataValue(EventMetadata.EFFECTIVE_AT) @Nullable Long effectiveAt,
            Neighbours neighbours) {
        decide(command, effectiveAt, neighbours, moment -> moment.describe(command));
    }

    @CommandHandler
    void handle(
            MoveCi command,
            @MetaDataValue(EventMetadata.EFFECTIVE_AT) @Nullable Long effectiveAt,
            Neighbours neighbours) {
        CiVocabulary.checkLifecycle("", command.lifecycle());
        decide(command, effectiveAt, neighbours, moment -> moment.move(command.lifecycle()));
    }

    @CommandHandler
    void handle(
            RelateCi command,
            @MetaDataValue(EventMetadata.EFFECTIVE_AT) @Nullable Long effectiveAt,
            Neighbours neighbours) {
        new CiVocabulary(neighbours).checkRelationType("", command.relation().type());
        decide(
                command,
                effectiveAt,
                neighbours,
                moment ->
                        moment.change(
                                new CiChanged(null, null, List.of(command.relation()), List.of())));
    }

    @CommandHandler
    void handle(
            UnrelateCi command,
            @MetaDataValue(EventMetadata.EFFECTIVE_AT) @Nullable Long effectiveAt,
            Neighbours neighbours) {
        decide(
                command,
                effectiveAt,
                neighbours,
                moment ->
                        moment.change(
                                new CiChanged(null, null, List.of(), List.of(command.relation()))));
    }

    @CommandHandler
    void handle(
            LinkCiToAsset command,
            @MetaDataValue(EventMetadata.EFFECTIVE_AT) @Nullable Long effectiveAt,
            Neighbours neighbours) {
        decide(command, effectiveAt, neighbours, moment -> moment.link(command.asset()));
    }

    @CommandHandler
    void handle(
            RemoveCi command,
            @MetaDataValue(EventMetadata.EFFECTIVE_AT) @Nullable Long effectiveAt,
            Neighbours neighbours) {
        decide(command, effectiveAt, neighbours, CiMoment::remove);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void handle(
            RestoreCi command,
            @MetaDataValue(EventMetadata.EFFECTIVE_AT) @Nullable Long effectiveAt,
            Neighbours neighbours) {
        CiRestoration restoration = new CiRestoration(command, timeline(), neighbours);
        CiVersions.Version version = restoration.version();
        decide(
                command,
                effectiveAt,
                neighbours,
                moment -> restoration.events(version, moment.state()));
    }

    @CommandHandler
    void handle(
            CorrectCi command,
            @MetaDataValue(EventMetadata.EFFECTIVE_AT) @Nullable Long effectiveAt,
            Neighbours neighbours) {
        record(
                command,
                new CiCorrection(command, timeline(), effectiveAt, neighbours).recordings(),
                neighbours);
    }

    /** Decides at one valid time. */
    @FunctionalInterface
    private interface AtOneMoment {
        List<CiEvent> decide(CiMoment moment);
    }

    private void decide(
            CiCommand command,
            @Nullable Long effectiveAt,
            Neighbours neighbours,
            AtOneMoment decision) {
        long at = effectiveAt == null ? neighbours.now() : effectiveAt;
        CiMoment moment = new CiMoment(command.target(), at, timeline().at(at), neighbours);
        record(
                command,
                decision.decide(moment).stream()
                        .map(event -> new Recording(event, effectiveAt))
                        .toList(),
                neighbours);
    }

    @Override
    protected List<StreamId> check(Decision<CiState> decision, Neighbours neighbours) {
        return new CiRules(entity(), decision, neighbours).check();
    }
}
