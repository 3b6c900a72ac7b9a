package dev.cadastre.query.shared.difference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.events.ci.Relation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A patch is applied, operation by operation, and leads to the other body. */
class JsonPatchProperties {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    @Property
    void a_patch_leads_from_the_one_body_to_the_other(
            @ForAll("bodies") JsonNode before, @ForAll("bodies") JsonNode after) {
        assertThat(AppliedPatch.of(before, JsonPatch.between(before, after))).isEqualTo(after);
        assertThat(AppliedPatch.of(null, JsonPatch.between(null, after))).isEqualTo(after);
        assertThat(AppliedPatch.of(before, JsonPatch.between(before, null)))
                .isEqualTo(MAPPER.nullNode());
        assertThat(JsonPatch.between(before, before)).isEmpty();
    }

    @Provide
    Arbitrary<JsonNode> bodies() {
        Arbitrary<Map<String, Object>> attributes =
                Arbitraries.maps(
                                Arbitraries.of("a", "b/c", "d~e", ""),
                                Arbitraries.of(1L, "1", true, List.of(1L, "x"), List.of()))
                        .ofMaxSize(4);
        Arbitrary<Set<Relation>> relations =
                Combinators.combine(Arbitraries.of("on", "uses"), Arbitraries.of("x", "y", "z"))
                        .as(Relation::new)
                        .set()
                        .ofMaxSize(6);
        return Combinators.combine(
                        attributes, relations, Arbitraries.of("Design", "Deploy").injectNull(0.3))
                .as(JsonPatchProperties::body);
    }

    private static JsonNode body(
            Map<String, Object> attributes, Set<Relation> relations, @Nullable String stage) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", "a");
        if (stage != null) {
            body.put("lifecycle", Map.of("stage", stage, "status", "Build"));
        }
        body.put("attributes", attributes);
        body.put("relations", new TreeSet<>(relations));
        return MAPPER.readTree(MAPPER.writeValueAsBytes(body));
    }
}
