package dev.cadastre.query.register.changes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.events.Event;
import dev.cadastre.events.StreamId;
import dev.cadastre.query.histories.RandomHistories;
import dev.cadastre.query.histories.Recorded.Entry;
import dev.cadastre.query.register.fold.BodyJson;
import dev.cadastre.query.register.fold.BodyReader;
import dev.cadastre.query.register.fold.EntityState;
import dev.cadastre.query.register.fold.StateVersion;
import dev.cadastre.query.shared.difference.JsonPatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.ByteArrayBuilder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** States, their bodies and their patches say the same. */
class StatePatchProperties {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final JsonFactory FACTORY = new JsonFactory();

    @Property(tries = 150)
    void a_patch_between_states_is_the_patch_between_their_contents(
            @ForAll("histories") List<List<Entry>> history) {
        for (Map.Entry<StreamId, List<@Nullable EntityState>> told : states(history).entrySet()) {
            String id = told.getKey().id();
            for (EntityState before : told.getValue()) {
                for (EntityState after : told.getValue()) {
                    assertThat(patch(id, before, after))
                            .isEqualTo(
                                    JsonPatch.between(content(id, before), content(id, after))
                                            .toString());
                }
            }
        }
    }

    @Property(tries = 150)
    void a_state_is_read_back_from_its_body(@ForAll("histories") List<List<Entry>> history) {
        states(history)
                .forEach(
                        (stream, states) ->
                                states.forEach(
                                        state ->
                                                assertThat(
                                                                BodyReader.read(
                                                                        body(stream.id(), state)))
                                                        .isEqualTo(state)));
    }

    /** The states that folding the events of each stream as they come leads through. */
    private static Map<StreamId, List<@Nullable EntityState>> states(List<List<Entry>> history) {
        Map<StreamId, List<@Nullable EntityState>> states = new HashMap<>();
        for (List<Entry> changeSet : history) {
            for (Entry entry : changeSet) {
                List<@Nullable EntityState> known =
                        states.computeIfAbsent(
                                entry.stream(),
                                _ -> {
                                    List<@Nullable EntityState> begin = new ArrayList<>();
                                    begin.add(null);
                                    return begin;
                                });
                Event event = entry.event();
                known.add(EntityState.after(known.getLast(), event));
            }
        }
        return states;
    }

    private static String patch(
            String id, @Nullable EntityState before, @Nullable EntityState after) {
        ByteArrayBuilder bytes = new ByteArrayBuilder();
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
            StatePatch.write(json, id, before, after);
        }
        return MAPPER.readTree(bytes.toByteArray()).toString();
    }

    private static @Nullable JsonNode content(String id, @Nullable EntityState state) {
        return state == null ? null : MAPPER.readTree(BodyJson.content(body(id, state)));
    }

    private static byte[] body(String id, @Nullable EntityState state) {
        return BodyJson.write(id, new StateVersion(0, 0, 0, 0, state));
    }

    @Provide
    Arbitrary<List<List<Entry>>> histories() {
        return RandomHistories.changeSets(6);
    }
}
