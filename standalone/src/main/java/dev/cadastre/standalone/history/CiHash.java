package dev.cadastre.standalone.history;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The hash of one CI's state, as a change history defines it. */
final class CiHash {

    private CiHash() {}

    /** SHA-256 of the canonical JSON of a CI as the API answers it. */
    static String of(JsonNode ci) {
        StringBuilder canonical = new StringBuilder(512);
        canonical.append("{\"attrs\":");
        if (ci.path("attributes").isObject()) {
            CanonicalJson.write(ci.get("attributes"), canonical);
        } else {
            canonical.append("{}");
        }
        canonical.append(",\"ci\":");
        CanonicalJson.text(ci.path("id").asString(""), canonical);
        canonical.append(",\"class\":");
        CanonicalJson.text(ci.path("class").asString(""), canonical);
        canonical.append(",\"rels\":[");
        char before = 0;
        for (Relation relation : relations(ci)) {
            if (before != 0) {
                canonical.append(before);
            }
            CanonicalJson.text(relation.to(), canonical.append("{\"to\":"));
            CanonicalJson.text(relation.type(), canonical.append(",\"type\":"));
            canonical.append('}');
            before = ',';
        }
        canonical.append("]}");
        return hex(sha256().digest(canonical.toString().getBytes(StandardCharsets.UTF_8)));
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
