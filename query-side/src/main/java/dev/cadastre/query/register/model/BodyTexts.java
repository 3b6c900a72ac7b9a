package dev.cadastre.query.register.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Reads some of a body's own text members, without reading the rest. */
final class BodyTexts {

    private static final JsonFactory FACTORY = new JsonFactory();

    private BodyTexts() {}

    /**
     * Fills in the texts of members.
     *
     * @param places member name to its place in {@code into}
     * @param into gets the texts; places of members that the body lacks stay as they are
     */
    static void read(byte[] body, Map<String, Integer> places, @Nullable Object[] into) {
        try (JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), body)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                Integer place = places.get(json.currentName());
                JsonToken value = json.nextToken();
                if (place != null && value == JsonToken.VALUE_STRING) {
                    into[place] = json.getString();
                } else {
                    json.skipChildren();
                }
            }
        }
    }
}
