package dev.cadastre.standalone.history;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The hash of one CI's state, as a change history defines it. */
final class CiHash {

    /** Writes RFC 8785, as far as whole numbers are the only ones: the register has no others. */
    private static final JsonMapper CANONICAL =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE)
                                    .build())
                    .enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
                    .build();

    private CiHash() {}

    /** SHA-256 of the canonical JSON of a CI as the API answers it. */
    static String of(JsonNode ci) {
        ObjectNode content = CANONICAL.createObjectNode();
        content.set(
                "attrs",
                ci.path("attributes").isObject()
                        ? ci.get("attributes")
                        : CANONICAL.createObjectNode());
        content.put("ci", ci.path("id").asString(""));
        content.put("class", ci.path("class").asString(""));
        ArrayNode relations = content.putArray("rels");
        relations(ci)
                .forEach(
                        each ->
                                relations
                                        .addObject()
                                        .put("to", each.to())
                                        .put("type", each.type()));
        return hex(sha256().digest(CANONICAL.writeValueAsBytes(content)));
    }

    /** How many relations the CI has. */
    static int relationCount(JsonNode ci) {
        return ci.path("relations").size();
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private record Relation(String type, String to) {}

    private static List<Relation> relations(JsonNode ci) {
        List<Relation> relations = new ArrayList<>();
        for (JsonNode relation : ci.path("relations")) {
            relations.add(
                    new Relation(
                            relation.path("type").asString(""), relation.path("to").asString("")));
        }
        relations.sort(Comparator.comparing(Relation::type).thenComparing(Relation::to));
        return relations;
    }
}
