package dev.cadastre.command.http;

import dev.cadastre.command.shared.Recorded;
import dev.cadastre.events.StreamId;
import dev.cadastre.eventstore.log.Commit;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.eventstore.log.KeyRecord;
import dev.cadastre.eventstore.log.StoredEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Answers to change sets of many commands: the entities that they changed, in the order in which
 * their first events were recorded.
 */
final class ChangeSetAnswers {

    private ChangeSetAnswers() {}

    static Answer of(Recorded recorded, EventLog log) {
        List<Answer.Entity> entities = new ArrayList<>();
        for (Recorded.Entity entity : recorded.entities()) {
            if (entity.position() != null) {
                entities.add(
                        Answer.Entity.of(
                                entity.stream(), entity.sequenceNumber(), entity.position()));
            }
        }
        long position = recorded.position() == null ? log.head().size() - 1 : recorded.position();
        return Answer.changeSet(recorded.changeSet().toString(), position, entities);
    }

    static Answer again(KeyRecord done, EventLog log) {
        Commit commit = log.commits(done.lastPosition(), 1).getFirst();
        UUID changeSet =
                commit.events()
                        .get((int) (done.lastPosition() - commit.position()))
                        .envelope()
                        .changeSet();
        Map<String, Answer.Entity> entities = new LinkedHashMap<>();
        for (StoredEvent event : commit.events()) {
            if (event.envelope().changeSet().equals(changeSet)) {
                String stream = event.envelope().stream();
                entities.put(
                        stream,
                        Answer.Entity.of(
                                StreamId.parse(stream),
                                event.envelope().sequenceNumber(),
                                event.position()));
            }
        }
        return Answer.changeSet(
                changeSet.toString(), done.lastPosition(), List.copyOf(entities.values()));
    }
}
