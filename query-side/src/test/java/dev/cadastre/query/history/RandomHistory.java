package dev.cadastre.query.history;

import dev.cadastre.events.Event;
import dev.cadastre.events.Microseconds;
import dev.cadastre.events.StreamId;
import dev.cadastre.events.asset.AssetEvent.AssetAssigned;
import dev.cadastre.events.asset.AssetEvent.AssetDescribed;
import dev.cadastre.events.asset.AssetEvent.AssetFactRetracted;
import dev.cadastre.events.asset.AssetEvent.AssetRegistered;
import dev.cadastre.events.asset.AssetEvent.AssetTransitioned;
import dev.cadastre.events.ci.CiEvent.CiAssetLinked;
import dev.cadastre.events.ci.CiEvent.CiChanged;
import dev.cadastre.events.ci.CiEvent.CiFactRetracted;
import dev.cadastre.events.ci.CiEvent.CiLifecycleChanged;
import dev.cadastre.events.ci.CiEvent.CiRegistered;
import dev.cadastre.events.ci.CiEvent.CiRemoved;
import dev.cadastre.events.ci.CiEvent.CiRenamed;
import dev.cadastre.events.ci.Relation;
import dev.cadastre.events.json.EventJson;
import dev.cadastre.eventstore.log.ChangeSet;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.eventstore.log.ProposedEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import net.jqwik.api.Arbitrary;
import org.jspecify.annotations.Nullable;

/**
 * Random histories of a few things: late, scheduled, corrected and retracted facts, removals and
 * re-registrations, relations that come and go, facts that mean nothing where they fall. No rule is
 * checked, so the queries meet more than commands would let through.
 */
final class RandomHistory {

    static final List<StreamId> THINGS =
            List.of(
                    StreamId.ci("web"),
                    StreamId.ci("db/ü 50%;"),
                    StreamId.ci("rack"),
                    StreamId.ci("app"),
                    StreamId.asset("laptop"),
                    StreamId.asset("switch"));

    /** Days before the middle of this range are past when the log is written, later ones future. */
    static final Instant FIRST_DAY = Instant.parse("2025-03-01T00:00:00Z");

    /** When the log is written: between the days of late and of scheduled facts. */
    static final Instant WRITTEN = FIRST_DAY.plus(Duration.ofHours(24 * 8 + 12));

    private static final List<String> RELATION_TYPES = List.of("runsOn", "dependsOn");

    private RandomHistory() {}

    static Arbitrary<List<Draft>> histories() {
        return Draft.drafts().list().ofMinSize(1).ofMaxSize(40);
    }

    /** The valid instant of a day. */
    static long instant(int day) {
        return Microseconds.of(FIRST_DAY.plus(Duration.ofDays(day)));
    }

    /** Records the facts and waits until they are durable. */
    static void record(List<Draft> drafts, EventLog log) {
        Map<StreamId, Long> next = new HashMap<>();
        List<ProposedEvent> open = new ArrayList<>();
        for (Draft draft : drafts) {
            if (draft.startsChangeSet() && !open.isEmpty()) {
                append(open, log);
                open.clear();
            }
            StreamId stream = THINGS.get(draft.thing());
            long sequenceNumber = next.merge(stream, 1L, Long::sum) - 1;
            open.add(proposed(stream, sequenceNumber, event(draft, stream, sequenceNumber), draft));
        }
        append(open, log);
    }

    private static void append(List<ProposedEvent> events, EventLog log) {
        log.append(
                        new ChangeSet(
                                UUID.randomUUID(),
                                "tester",
                                "tester",
                                "test",
                                "{\"change\":\"CHG-1\"}".getBytes(StandardCharsets.UTF_8),
                                events,
                                List.of(),
                                List.of(),
                                null))
                .join();
    }

    private static ProposedEvent proposed(
            StreamId stream, long sequenceNumber, Event event, Draft draft) {
        EventJson.Type type = EventJson.typeOf(event);
        @Nullable Long effectiveAt = draft.day() == Draft.NOW ? null : instant(draft.day());
        return new ProposedEvent(
                stream.toString(),
                sequenceNumber,
                UUID.randomUUID(),
                type.name(),
                type.revision(),
                EventJson.write(event),
                effectiveAt,
                Long.MAX_VALUE,
                List.of());
    }

    private static Event event(Draft draft, StreamId stream, long sequenceNumber) {
        boolean first = sequenceNumber == 0;
        return stream.kind().equals(StreamId.CI)
                ? ciEvent(first ? 0 : draft.kind(), draft.value(), sequenceNumber)
                : assetEvent(first ? 0 : draft.kind(), draft.value(), sequenceNumber);
    }

    private static Event ciEvent(int kind, int value, long sequenceNumber) {
        return switch (kind) {
            case 0, 1 ->
                    new CiRegistered(
                            value % 2 == 0 ? "server" : "service",
                            null,
                            null,
                            null,
                            Map.of("n", (long) value, "environment", "e" + value % 3),
                            value > 3 ? List.of(relation(value)) : List.of());
            case 2, 3 ->
                    new CiChanged(
                            Map.of("n", (long) value, "environment", "e" + value % 3),
                            List.of(),
                            List.of(),
                            List.of());
            case 4 -> new CiChanged(Map.of(), List.of("n"), List.of(), List.of());
            case 5, 6 -> new CiChanged(Map.of(), List.of(), List.of(relation(value)), List.of());
            case 7 -> new CiChanged(Map.of(), List.of(), List.of(), List.of(relation(value)));
            case 8 ->
                    value % 2 == 0
                            ? new CiRenamed(value == 0 ? null : "name " + value)
                            : new CiLifecycleChanged("Operational", "Status " + value % 3);
            case 9 -> new CiAssetLinked(value == 0 ? null : "laptop");
            case 10 -> new CiRemoved(List.of());
            default -> new CiFactRetracted(earlier(value, sequenceNumber));
        };
    }

    private static Event assetEvent(int kind, int value, long sequenceNumber) {
        return switch (kind) {
            case 0, 1 ->
                    new AssetRegistered(
                            "In stock",
                            value % 2 == 0 ? "Available" : null,
                            Map.of("type", "hardware", "name", "asset " + value),
                            Map.of("ram", (long) value));
            case 2, 3, 4 ->
                    new AssetDescribed(
                            Map.of("model", "model " + value),
                            value == 0 ? List.of("name") : List.of(),
                            Map.of("ram", (long) value),
                            List.of());
            case 5, 6, 7 ->
                    new AssetAssigned(
                            Map.of("location", "room " + value % 3),
                            value == 0 ? List.of("costCentre") : List.of());
            case 8, 9, 10 ->
                    new AssetTransitioned(
                            value % 2 == 0 ? "In use" : "Retired", value == 1 ? "Sold" : null);
            default -> new AssetFactRetracted(earlier(value, sequenceNumber));
        };
    }

    private static Relation relation(int value) {
        return new Relation(RELATION_TYPES.get(value % 2), THINGS.get(value % 4).id());
    }

    /** Most often a fact just before, which more often than not is no retraction. */
    private static long earlier(int value, long sequenceNumber) {
        return Math.max(0, sequenceNumber - 1 - value);
    }
}
