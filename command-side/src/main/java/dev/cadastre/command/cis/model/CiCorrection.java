package dev.cadastre.command.cis.model;

import dev.cadastre.command.cis.model.CiCommand.CorrectCi;
import dev.cadastre.command.cis.model.CiCommand.RecordedAnew;
import dev.cadastre.command.shared.Neighbours;
import dev.cadastre.command.shared.Rejection.NotAllowed;
import dev.cadastre.command.shared.Rejection.NotRegistered;
import dev.cadastre.command.shared.Timeline;
import dev.cadastre.command.shared.TimelineAggregate.Recording;
import dev.cadastre.events.ci.CiEvent;
import dev.cadastre.events.ci.CiEvent.CiChanged;
import dev.cadastre.events.ci.CiEvent.CiFactRetracted;
import dev.cadastre.events.ci.CiEvent.CiLifecycleChanged;
import dev.cadastre.events.ci.CiEvent.CiRegistered;
import dev.cadastre.events.ci.CiEvent.CiRemoved;
import dev.cadastre.events.ci.Lifecycle;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The events of a correction: retractions first, then the facts in their stead. */
final class CiCorrection {

    private final CorrectCi command;
    private final @Nullable Long effectiveAt;
    private final CiVocabulary vocabulary;
    private final long now;
    private Timeline<CiState> timeline;
    private final List<Recording> recordings = new ArrayList<>();

    CiCorrection(
            CorrectCi command,
            Timeline<CiState> timeline,
            @Nullable Long effectiveAt,
            Neighbours neighbours) {
        this.command = command;
        this.timeline = timeline;
        this.effectiveAt = effectiveAt;
        this.vocabulary = new CiVocabulary(neighbours);
        this.now = neighbours.now();
    }

    List<Recording> recordings() {
        if (timeline.nextSequenceNumber() == 0) {
            throw new NotRegistered(
                    command.target(),
                    "There is no CI " + command.id() + ", so there is nothing to correct.",
                    List.of());
        }
        for (int i = 0; i < command.retract().size(); i++) {
            retract(i, command.retract().get(i));
        }
        for (int i = 0; i < command.record().size(); i++) {
            record("/record/" + i, command.record().get(i));
        }
        return recordings;
    }

    private void retract(int index, long sequenceNumber) {
        if (timeline.believed(sequenceNumber).isEmpty()) {
            throw new NotAllowed(
                    "/retract/" + index,
                    "CI "
                            + command.id()
                            + " has no fact "
                            + sequenceNumber
                            + " that counts: there is none, it was retracted before, or it is a"
                            + " retraction itself.");
        }
        add(new CiFactRetracted(sequenceNumber), effectiveAt);
    }

    private void record(String pointer, RecordedAnew anew) {
        Long at = anew.effectiveAt() == null ? effectiveAt : anew.effectiveAt();
        CiState state = timeline.at(at == null ? now : at);
        switch (anew.fact()) {
            case CiRegistered registered -> {
                vocabulary.checkClass(registered.ciClass());
                vocabulary.checkOptionalLifecycle(pointer + "/lifecycle", registered.lifecycle());
                vocabulary.checkAttributes(registered.ciClass(), registered.attributes());
                vocabulary.checkRelations(pointer + "/relations", registered.relations());
            }
            case CiChanged changed -> {
                vocabulary.checkRelations(pointer + "/relationsAdded", changed.relationsAdded());
                if (state.ciClass() != null) {
                    vocabulary.checkAttributes(state.ciClass(), changed.set());
                }
            }
            case CiLifecycleChanged moved ->
                    CiVocabulary.checkLifecycle(
                            pointer, new Lifecycle(moved.stage(), moved.status()));
            default -> {}
        }
        CiEvent fact =
                anew.fact() instanceof CiRemoved
                        ? new CiRemoved(state.relations().stream().sorted().toList())
                        : anew.fact();
        add(fact, at);
    }

    private void add(CiEvent event, @Nullable Long at) {
        recordings.add(new Recording(event, at));
        timeline = timeline.append(event, at == null ? now : at);
    }
}
