package dev.cadastre.query.versions.store;

import dev.cadastre.http.json.HttpJson;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.type.TypeReference;

/** Reads the members of a body, for stores that keep them apart. */
public final class CurrentFields {

    private static final String PRESENT = "present";
    private static final TypeReference<LinkedHashMap<String, Object>> MEMBERS =
            new TypeReference<>() {};

    private CurrentFields() {}

    /**
     * The members by name, in the order of the body: text, numbers, booleans, lists and maps.
     * {@code present} is always among them.
     */
    public static Map<String, Object> of(byte[] body) {
        Map<String, Object> members = HttpJson.mapper().readValue(body, MEMBERS);
        members.putIfAbsent(PRESENT, true);
        return members;
    }

    /** Whether the entity exists in the body. */
    public static boolean isPresent(Map<String, Object> members) {
        return Boolean.TRUE.equals(members.get(PRESENT));
    }
}
