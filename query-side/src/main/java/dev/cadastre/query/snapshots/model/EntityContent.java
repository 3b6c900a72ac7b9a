package dev.cadastre.query.snapshots.model;

import dev.cadastre.query.register.kinds.RegisterKind;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What one thing says of itself, whatever version says it and whenever that was recorded, as bytes
 * that do not depend on who writes them: {@code docs/formats/snapshot-digest.md}.
 */
public final class EntityContent {

    /**
     * Writes RFC 8785, as far as bodies need it: members by their UTF-16 units, escapes as short as
     * they can be and in lower case, and whole numbers, of which there is only one form.
     */
    private static final JsonMapper CANONICAL =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE)
                                    .build())
                    .enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
                    .build();

    /** Members that tell of the version, not of the thing. */
    private static final Set<String> OF_THE_VERSION =
            Set.of("version", "validFrom", "recordedFrom", "position");

    private static final String ID = "id";
    private static final String CLASS = "class";
    private static final String ATTRIBUTES = "attributes";
    private static final String RELATIONS = "relations";
    private static final Set<String> PLAIN_CI = Set.of(ID, CLASS, ATTRIBUTES, RELATIONS);

    private static final Comparator<JsonNode> RELATION_ORDER =
            Comparator.comparing(EntityContent::type, Utf8Order.COMPARATOR)
                    .thenComparing(EntityContent::target, Utf8Order.COMPARATOR);

    private EntityContent() {}

    /** The canonical bytes (RFC 8785) of a body as the API answers it. */
    public static byte[] canonical(RegisterKind kind, JsonNode body) {
        ObjectNode content = CANONICAL.createObjectNode();
        body.properties()
                .forEach(
                        member -> {
                            if (!OF_THE_VERSION.contains(member.getKey())) {
                                content.set(member.getKey(), member.getValue());
                            }
                        });
        if (content.has(RELATIONS)) {
            content.set(RELATIONS, inOrder(content.get(RELATIONS)));
        }
        boolean plain =
                kind == RegisterKind.CI
                        && content.size() == PLAIN_CI.size()
                        && PLAIN_CI.containsAll(content.propertyNames());
        return CANONICAL.writeValueAsBytes(plain ? plainCi(content) : content);
    }

    /**
     * SHA-256 of {@link #canonical}.
     *
     * @param sha256 used for it, and left reset
     */
    static byte[] hash(RegisterKind kind, JsonNode body, MessageDigest sha256) {
        return sha256.digest(canonical(kind, body));
    }

    private static ObjectNode plainCi(ObjectNode content) {
        ObjectNode ci = CANONICAL.createObjectNode();
        ci.set("attrs", content.get(ATTRIBUTES));
        ci.set("ci", content.get(ID));
        ci.set(CLASS, content.get(CLASS));
        ci.set("rels", content.get(RELATIONS));
        return ci;
    }

    private static JsonNode inOrder(JsonNode relations) {
        if (relations.size() < 2) {
            return relations;
        }
        List<JsonNode> sorted = new ArrayList<>(relations.size());
        relations.forEach(sorted::add);
        sorted.sort(RELATION_ORDER);
        ArrayNode array = CANONICAL.createArrayNode();
        sorted.forEach(array::add);
        return array;
    }

    private static String type(JsonNode relation) {
        return relation.path("type").asString("");
    }

    private static String target(JsonNode relation) {
        return relation.path("to").asString("");
    }
}
