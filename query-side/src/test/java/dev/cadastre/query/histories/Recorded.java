package dev.cadastre.query.histories;

import dev.cadastre.events.Event;
import dev.cadastre.events.Microseconds;
import dev.cadastre.events.StreamId;
import dev.cadastre.events.json.EventJson;
import dev.cadastre.eventstore.config.EmbeddedLog;
import dev.cadastre.eventstore.log.ChangeSet;
import dev.cadastre.eventstore.log.Committed;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.eventstore.log.ProposedEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Records facts in a real log, without the rules of the command side. For one thread. */
public final class Recorded implements AutoCloseable {

    /** An event of a stream; effective when it is recorded if no instant is given. */
    public record Entry(StreamId stream, @Nullable Long effectiveAt, Event event) {

        public static Entry of(StreamId stream, Event event) {
            return new Entry(stream, null, event);
        }

        public static Entry at(String instant, StreamId stream, Event event) {
            return new Entry(stream, micros(instant), event);
        }
    }

    private final EventLog log;
    private final Map<String, Long> next = new HashMap<>();

    public Recorded(EventLog log) {
        this.log = log;
    }

    /** Opens the embedded log of a directory. */
    public static Recorded in(Path directory, Clock clock) {
        return new Recorded(EmbeddedLog.open(directory, clock));
    }

    public EventLog log() {
        return log;
    }

    /** Records one change set, alone in its commit. */
    public Committed changeSet(Entry... entries) {
        return changeSet(List.of(entries));
    }

    /** Records one change set, alone in its commit. */
    public Committed changeSet(List<Entry> entries) {
        return log.append(proposed(entries)).join();
    }

    /** Records an event that is effective from an instant on. */
    public Committed at(String instant, StreamId stream, Event event) {
        return changeSet(Entry.at(instant, stream, event));
    }

    /** Records an event that is effective when it is recorded. */
    public Committed now(StreamId stream, Event event) {
        return changeSet(Entry.of(stream, event));
    }

    /** A change set to append, its sequence numbers following those proposed before. */
    public ChangeSet proposed(List<Entry> entries) {
        List<ProposedEvent> events = new ArrayList<>();
        for (Entry entry : entries) {
            String stream = entry.stream().toString();
            long number = next.computeIfAbsent(stream, s -> log.streamHead(s).nextSequenceNumber());
            next.put(stream, number + 1);
            EventJson.Type type = EventJson.typeOf(entry.event());
            events.add(
                    new ProposedEvent(
                            stream,
                            number,
                            UUID.randomUUID(),
                            type.name(),
                            type.revision(),
                            EventJson.write(entry.event()),
                            entry.effectiveAt(),
                            Long.MAX_VALUE,
                            entry.event().references().stream()
                                    .map(StreamId::toString)
                                    .distinct()
                                    .toList()));
        }
        return new ChangeSet(
                UUID.randomUUID(),
                "person-tester",
                "person-tester",
                "test",
                "{}".getBytes(StandardCharsets.UTF_8),
                events,
                List.of(),
                List.of(),
                null);
    }

    /** Microseconds of an instant. */
    public static long micros(String instant) {
        return Microseconds.of(Instant.parse(instant));
    }

    @Override
    public void close() {
        log.close();
    }
}
