package dev.cadastre.command.imports.model;

import dev.cadastre.command.imports.model.ImportCommand.EndImport;
import dev.cadastre.command.imports.model.ImportCommand.StartImport;
import dev.cadastre.command.shared.AggregateType;
import dev.cadastre.command.shared.Decision;
import dev.cadastre.command.shared.EntityState;
import dev.cadastre.command.shared.Fact;
import dev.cadastre.command.shared.Fold;
import dev.cadastre.command.shared.Neighbours;
import dev.cadastre.command.shared.TimelineAggregate;
import dev.cadastre.events.Event;
import dev.cadastre.events.StreamId;
import dev.cadastre.events.imports.ImportEvent;
import dev.cadastre.events.imports.ImportEvent.ImportEnded;
import dev.cadastre.events.imports.ImportEvent.ImportStarted;
import java.util.List;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.CreationPolicy;

/** The record that a run leaves in the log: that it began, and how it ended. */
public final class ImportRecord extends TimelineAggregate<ImportRecord.State> {

    /** How records are made and their facts add up. */
    public static final AggregateType<ImportRecord> TYPE =
            new AggregateType<>(ImportRecord.class, ImportRecord::new, new RecordFold());

    /** How far a run has come, as far as its record tells. */
    enum State implements EntityState {
        UNKNOWN,
        STARTED,
        ENDED;

        @Override
        public boolean present() {
            return this != UNKNOWN;
        }
    }

    ImportRecord() {
        super(new RecordFold());
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(StartImport command, Neighbours neighbours) {
        if (timeline().last() != State.UNKNOWN) {
            throw new RunIdTaken(command.run());
        }
        note(command, new ImportStarted(command.profile(), command.source(), false), neighbours);
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(EndImport command, Neighbours neighbours) {
        if (timeline().last() == State.STARTED) {
            note(command, command.ended(), neighbours);
        }
    }

    private void note(ImportCommand command, Event event, Neighbours neighbours) {
        record(command, List.of(new Recording(event, null)), neighbours);
    }

    @Override
    protected List<StreamId> check(Decision<State> decision, Neighbours neighbours) {
        return List.of();
    }

    private static final class RecordFold implements Fold<State> {

        @Override
        public String kind() {
            return StreamId.IMPORT;
        }

        @Override
        public State absent() {
            return State.UNKNOWN;
        }

        @Override
        public State apply(State state, Fact fact) {
            return switch ((ImportEvent) fact.event()) {
                case ImportStarted _ -> State.STARTED;
                case ImportEnded _ -> State.ENDED;
            };
        }

        @Override
        public boolean timeless() {
            return true;
        }
    }
}
