package dev.cadastre.query.replay.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.query.histories.HistoryInstance;
import dev.cadastre.query.register.changes.StatePatch;
import dev.cadastre.query.register.kinds.RegisterKind;
import dev.cadastre.query.shared.difference.AppliedPatch;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.ByteArrayBuilder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Applies the messages of a replay and holds the outcome of each to the naive register. */
final class CheckedReplay {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final JsonFactory FACTORY = new JsonFactory();

    /** So small that windows split steps, and every state is read again. */
    private static final ReplayLimits SMALL = new ReplayLimits(2, 0);

    private final HistoryInstance instance;
    private final WantedScope scope;
    private final ReplayRange range;
    private final Replays replays;
    private final SortedMap<String, JsonNode> documents = new TreeMap<>();

    private CheckedReplay(HistoryInstance instance, WantedScope scope, ReplayRange range) {
        this.instance = instance;
        this.scope = scope;
        this.range = range;
        this.replays =
                new Replays(
                        instance.projected().index(),
                        instance.projected().lists(),
                        instance.projected().bodies(),
                        instance.log(),
                        SMALL);
    }

    static CheckedReplay of(HistoryInstance instance, WantedScope scope, ReplayRange range) {
        return new CheckedReplay(instance, scope, range);
    }

    void check() {
        documents.clear();
        for (ReplayMessage message : messages(Replays.begin(range))) {
            apply(message);
            Place place = message.point().place();
            if (!(message instanceof ReplayMessage.FirstState)) {
                assertThat(documents).as("%s after %s", range, message).isEqualTo(expected(place));
            }
        }
        assertThat(documents)
                .isEqualTo(expected(new Place(range.to().asOf(), range.to().knownAt(), Place.ALL)));
    }

    /** The steps of the whole replay. */
    List<ReplayStep> steps() {
        return messages(Replays.begin(range)).stream()
                .filter(ReplayMessage.Change.class::isInstance)
                .map(message -> ((ReplayMessage.Change) message).step())
                .toList();
    }

    /** Leaves off after each message in turn. */
    void checkGoingOnAnywhere() {
        List<ReplayMessage> all = messages(Replays.begin(range));
        for (int told = 1; told < all.size(); told++) {
            List<ReplayMessage> rest = messages(all.get(told - 1).point());
            assertThat(rest.stream().map(CheckedReplay::text).toList())
                    .isEqualTo(all.stream().skip(told).map(CheckedReplay::text).toList());
        }
    }

    private List<ReplayMessage> messages(ReplayPoint from) {
        List<ReplayMessage> messages = new ArrayList<>();
        replays.replay(range, scope.scope(), from).forEachRemaining(messages::add);
        return messages;
    }

    private void apply(ReplayMessage message) {
        switch (message) {
            case ReplayMessage.FirstState(_, RegisterKind kind, List<byte[]> contents) ->
                    contents.forEach(
                            content -> {
                                JsonNode document = MAPPER.readTree(content);
                                documents.put(
                                        key(kind, document.get("id").stringValue()), document);
                            });
            case ReplayMessage.Begin begin -> assertThat(begin.items()).isEqualTo(documents.size());
            case ReplayMessage.Change(_, ReplayStep step) -> {
                assertThat(step.cameTrue()).isEqualTo(isAheadOfTime(step));
                step.effects().forEach(this::apply);
            }
            case ReplayMessage.Progress _, ReplayMessage.End _ -> {}
        }
    }

    /** Whether the replay comes by the instant of facts that had been recorded before it. */
    private boolean isAheadOfTime(ReplayStep step) {
        long recordedAt = step.effects().getFirst().events().getFirst().envelope().recordedAt();
        return (range.axis() == Axis.EFFECTIVE || range.asOfMoves())
                && step.place().asOf() > recordedAt;
    }

    private void apply(EntityEffect effect) {
        String key = key(effect.kind(), effect.id());
        JsonNode patch = MAPPER.readTree(patch(effect));
        JsonNode after = AppliedPatch.of(documents.get(key), patch);
        boolean was = documents.remove(key) != null;
        if (!after.isNull()) {
            documents.put(key, after);
        }
        switch (effect.change()) {
            case ADDED, ENTERED -> assertThat(was || after.isNull()).isFalse();
            case REMOVED, LEFT -> assertThat(was && after.isNull()).isTrue();
            case CHANGED -> assertThat(patch).isNotEmpty();
            case UNCHANGED -> assertThat(patch).isEmpty();
        }
    }

    private static byte[] patch(EntityEffect effect) {
        ByteArrayBuilder bytes = new ByteArrayBuilder();
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
            StatePatch.write(json, effect.id(), effect.before(), effect.after());
        }
        return bytes.toByteArray();
    }

    private SortedMap<String, JsonNode> expected(Place place) {
        SortedMap<String, JsonNode> expected = new TreeMap<>();
        for (RegisterKind kind : RegisterKind.values()) {
            instance.naive()
                    .states(kind.word(), place.asOf(), place.position(), place.within())
                    .forEach(
                            (id, body) -> {
                                if (scope.holds(kind, body)) {
                                    expected.put(key(kind, id), body);
                                }
                            });
        }
        return expected;
    }

    private static String key(RegisterKind kind, String id) {
        return kind.word() + " " + id;
    }

    /** All that a message says. */
    private static String text(ReplayMessage message) {
        return switch (message) {
            case ReplayMessage.FirstState state ->
                    state.point() + " " + state.contents().stream().map(String::new).toList();
            case ReplayMessage.Change change ->
                    change.point()
                            + " "
                            + change.step().partial()
                            + change.step().effects().stream()
                                    .map(
                                            effect ->
                                                    effect.kind()
                                                            + effect.id()
                                                            + effect.change()
                                                            + new String(patch(effect))
                                                            + effect.events().stream()
                                                                    .map(e -> e.position())
                                                                    .toList())
                                    .toList();
            default -> message.toString();
        };
    }
}
