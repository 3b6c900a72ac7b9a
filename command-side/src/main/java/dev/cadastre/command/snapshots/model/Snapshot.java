package dev.cadastre.command.snapshots.model;

import dev.cadastre.command.shared.AggregateType;
import dev.cadastre.command.shared.Decision;
import dev.cadastre.command.shared.Neighbours;
import dev.cadastre.command.shared.Rejection;
import dev.cadastre.command.shared.TimelineAggregate;
import dev.cadastre.events.StreamId;
import dev.cadastre.eventstore.axon.EventMetadata;
import java.util.List;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.messaging.annotation.MetaDataValue;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/**
 * A named point in time of the register. It is taken once and never changes; whoever computes its
 * digest records that in the same stream.
 */
public final class Snapshot extends TimelineAggregate<SnapshotState> {

    /** How snapshots are made and their facts add up. */
    public static final AggregateType<Snapshot> TYPE =
            new AggregateType<>(Snapshot.class, Snapshot::new, SnapshotState.FOLD);

    Snapshot() {
        super(SnapshotState.FOLD);
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(
            TakeSnapshot command,
            @MetaDataValue(EventMetadata.EFFECTIVE_AT) @Nullable Long effectiveAt,
            Neighbours neighbours) {
        if (effectiveAt != null) {
            throw new Rejection.NotAllowed(
                    "/asOf",
                    "A snapshot is taken now, whatever it shows: leave Effective-At out and say"
                            + " asOf.");
        }
        if (timeline().last().present()) {
            throw new Rejection.FactsClash(
                    command.target(),
                    "There is a snapshot \""
                            + command.id()
                            + "\" already, and a snapshot never changes. Choose another id.",
                    List.of());
        }
        record(command, List.of(new Recording(command.taken(), null)), neighbours);
    }

    @Override
    protected List<StreamId> check(Decision<SnapshotState> decision, Neighbours neighbours) {
        return List.of();
    }
}
