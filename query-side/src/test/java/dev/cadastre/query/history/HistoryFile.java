package dev.cadastre.query.history;

import dev.cadastre.events.Event;
import dev.cadastre.events.Microseconds;
import dev.cadastre.events.StreamId;
import dev.cadastre.events.ci.CiEvent.CiChanged;
import dev.cadastre.events.ci.CiEvent.CiRegistered;
import dev.cadastre.events.ci.CiEvent.CiRemoved;
import dev.cadastre.events.ci.Relation;
import dev.cadastre.events.json.EventJson;
import dev.cadastre.eventstore.log.ChangeSet;
import dev.cadastre.eventstore.log.ProposedEvent;
import dev.cadastre.query.shared.facts.RecordedFact;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads {@code events.ndjson.gz} as change sets, straight for the log: no rule is checked. */
final class HistoryFile {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final Path file;
    private final Map<String, Long> nextSequenceNumber = new HashMap<>();

    HistoryFile(Path folder) {
        this.file = folder.resolve("events.ndjson.gz");
    }

    /** Hands over one change set for each change, in order. */
    void read(Consumer<ChangeSet> changes) throws IOException {
        try (InputStream packed = Files.newInputStream(file);
                InputStream unpacked = new GZIPInputStream(packed, 1 << 16);
                BufferedReader lines =
                        new BufferedReader(
                                new InputStreamReader(unpacked, StandardCharsets.UTF_8))) {
            List<JsonNode> change = new ArrayList<>();
            for (String line; (line = lines.readLine()) != null; ) {
                JsonNode event = MAPPER.readTree(line);
                if (!change.isEmpty()
                        && !change.getFirst().get("change").equals(event.get("change"))) {
                    changes.accept(changeSet(change));
                    change.clear();
                }
                change.add(event);
            }
            changes.accept(changeSet(change));
        }
    }

    /** What each line says, in the words of {@link #text}, by CI and in order. */
    Map<String, List<String>> eventsByCi() throws IOException {
        Map<String, List<String>> events = new HashMap<>();
        read(
                changeSet ->
                        changeSet
                                .events()
                                .forEach(
                                        event ->
                                                events.computeIfAbsent(
                                                                StreamId.parse(event.stream()).id(),
                                                                _ -> new ArrayList<>())
                                                        .add(
                                                                text(
                                                                        event.type(),
                                                                        event.effectiveAt(),
                                                                        event.payload(),
                                                                        changeSet.actor(),
                                                                        changeSet.metadata()))));
        return events;
    }

    /** A recorded fact in words that can be compared with those of {@link #eventsByCi}. */
    static String text(RecordedFact fact) {
        return text(
                fact.envelope().type(),
                fact.effectiveAt(),
                fact.stored().payload(),
                fact.envelope().actor(),
                fact.stored().metadata());
    }

    private static String text(
            String type, @Nullable Long effectiveAt, byte[] payload, String actor, byte[] why) {
        return type
                + " at "
                + effectiveAt
                + " by "
                + actor
                + " because "
                + new String(why, StandardCharsets.UTF_8)
                + ": "
                + new String(payload, StandardCharsets.UTF_8);
    }

    private ChangeSet changeSet(List<JsonNode> lines) {
        JsonNode first = lines.getFirst();
        String by = "person-" + first.get("by").stringValue();
        byte[] metadata =
                MAPPER.createObjectNode()
                        .<ObjectNode>set("reason", first.get("reason"))
                        .<ObjectNode>set("change", first.get("change"))
                        .toString()
                        .getBytes(StandardCharsets.UTF_8);
        return new ChangeSet(
                UUID.randomUUID(),
                "loader",
                by,
                "history-osg",
                metadata,
                lines.stream().map(this::proposed).toList(),
                List.of(),
                List.of(),
                null);
    }

    private ProposedEvent proposed(JsonNode line) {
        String ci = line.get("ci").stringValue();
        String stream = StreamId.ci(ci).toString();
        long sequenceNumber = nextSequenceNumber.merge(stream, 1L, Long::sum) - 1;
        Event event = event(line);
        EventJson.Type type = EventJson.typeOf(event);
        List<String> references =
                relations(line.get("relationsAdded")).stream()
                        .map(relation -> StreamId.ci(relation.to()).toString())
                        .distinct()
                        .toList();
        return new ProposedEvent(
                stream,
                sequenceNumber,
                UUID.randomUUID(),
                type.name(),
                type.revision(),
                EventJson.write(event),
                Microseconds.of(Instant.parse(line.get("at").stringValue())),
                Long.MAX_VALUE,
                references);
    }

    private static Event event(JsonNode line) {
        String op = line.get("op").stringValue();
        return switch (op) {
            case "register" ->
                    new CiRegistered(
                            line.get("class").stringValue(),
                            null,
                            null,
                            null,
                            attributes(line.get("set")),
                            relations(line.get("relationsAdded")));
            case "update" ->
                    new CiChanged(
                            attributes(line.get("set")),
                            names(line.get("unset")),
                            relations(line.get("relationsAdded")),
                            relations(line.get("relationsRemoved")));
            case "remove" -> new CiRemoved(relations(line.get("relationsRemoved")));
            default -> throw new IllegalArgumentException("unknown op " + op);
        };
    }

    private static Map<String, Object> attributes(@Nullable JsonNode set) {
        Map<String, Object> attributes = new HashMap<>();
        if (set != null) {
            set.properties()
                    .forEach(
                            attribute ->
                                    attributes.put(
                                            attribute.getKey(),
                                            MAPPER.treeToValue(
                                                    attribute.getValue(), Object.class)));
        }
        return attributes;
    }

    private static List<String> names(@Nullable JsonNode unset) {
        List<String> names = new ArrayList<>();
        if (unset != null) {
            unset.forEach(name -> names.add(name.stringValue()));
        }
        return names;
    }

    private static List<Relation> relations(@Nullable JsonNode array) {
        List<Relation> relations = new ArrayList<>();
        if (array != null) {
            array.forEach(
                    relation ->
                            relations.add(
                                    new Relation(
                                            relation.get("type").stringValue(),
                                            relation.get("to").stringValue())));
        }
        return relations;
    }
}
