package dev.cadastre.command.assets.model;

import dev.cadastre.command.assets.model.AssetCommand.AssignAsset;
import dev.cadastre.command.assets.model.AssetCommand.Change;
import dev.cadastre.command.assets.model.AssetCommand.CorrectAsset;
import dev.cadastre.command.assets.model.AssetCommand.DescribeAsset;
import dev.cadastre.command.assets.model.AssetCommand.RegisterAsset;
import dev.cadastre.command.assets.model.AssetCommand.TransitionAsset;
import dev.cadastre.command.shared.AggregateType;
import dev.cadastre.command.shared.Decision;
import dev.cadastre.command.shared.Neighbours;
import dev.cadastre.command.shared.TimelineAggregate;
import dev.cadastre.events.StreamId;
import dev.cadastre.eventstore.axon.EventMetadata;
import java.util.List;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.messaging.annotation.MetaDataValue;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/** One asset: hardware, software, a licence, a consumable or whatever else its type says. */
public final class Asset extends TimelineAggregate<AssetState> {

    private static final AssetLifecycle LIFECYCLE = AssetLifecycle.STANDARD;

    /** How assets are made and their facts add up. */
    public static final AggregateType<Asset> TYPE =
            new AggregateType<>(Asset.class, Asset::new, AssetFold.INSTANCE);

    Asset() {
        super(AssetFold.INSTANCE);
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(
            RegisterAsset command,
            @MetaDataValue(EventMetadata.EFFECTIVE_AT) @Nullable Long effectiveAt,
            Neighbours neighbours) {
        change(command, effectiveAt, neighbours);
    }

    @CommandHandler
    void handle(
            DescribeAsset command,
            @MetaDataValue(EventMetadata.EFFECTIVE_AT) @Nullable Long effectiveAt,
            Neighbours neighbours) {
        change(command, effectiveAt, neighbours);
    }

    @CommandHandler
    void handle(
            AssignAsset command,
            @MetaDataValue(EventMetadata.EFFECTIVE_AT) @Nullable Long effectiveAt,
            Neighbours neighbours) {
        change(command, effectiveAt, neighbours);
    }

    @CommandHandler
    void handle(
            TransitionAsset command,
            @MetaDataValue(EventMetadata.EFFECTIVE_AT) @Nullable Long effectiveAt,
            Neighbours neighbours) {
        change(command, effectiveAt, neighbours);
    }

    @CommandHandler
    void handle(
            CorrectAsset command,
            @MetaDataValue(EventMetadata.EFFECTIVE_AT) @Nullable Long effectiveAt,
            Neighbours neighbours) {
        AssetDecisions decisions = new AssetDecisions(LIFECYCLE, neighbours.now());
        record(command, decisions.decide(timeline(), command, effectiveAt), neighbours);
    }

    private void change(Change command, @Nullable Long effectiveAt, Neighbours neighbours) {
        AssetDecisions decisions = new AssetDecisions(LIFECYCLE, neighbours.now());
        record(command, decisions.decide(timeline(), command, effectiveAt), neighbours);
    }

    @Override
    protected List<StreamId> check(Decision<AssetState> decision, Neighbours neighbours) {
        new AssetRules(LIFECYCLE, entity(), decision, neighbours).judge();
        return List.of();
    }
}
