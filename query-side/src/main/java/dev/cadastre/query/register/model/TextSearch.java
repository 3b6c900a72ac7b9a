package dev.cadastre.query.register.model;

import java.util.Locale;
import java.util.Set;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Looks for a text within the texts of a body, whatever the case of its letters. */
public final class TextSearch {

    private static final JsonFactory FACTORY = new JsonFactory();

    /** Members that tell where a body comes from, or of other entities. */
    private static final Set<String> NOT_SEARCHED =
            Set.of("validFrom", "recordedFrom", "relations");

    private final String wanted;

    /**
     * @param wanted in lower case
     */
    public TextSearch(String wanted) {
        this.wanted = wanted;
    }

    /** Whether the text is within one of the body's. */
    public boolean isWithin(byte[] body) {
        try (JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), body)) {
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token == JsonToken.VALUE_STRING
                        && json.getString().toLowerCase(Locale.ROOT).contains(wanted)) {
                    return true;
                }
                if (token == JsonToken.PROPERTY_NAME
                        && NOT_SEARCHED.contains(json.currentName())
                        && isMemberOfBody(json)) {
                    json.nextToken();
                    json.skipChildren();
                }
            }
            return false;
        }
    }

    private static boolean isMemberOfBody(JsonParser json) {
        return json.streamReadContext().getParent().inRoot();
    }
}
