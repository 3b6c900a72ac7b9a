package dev.cadastre.query.register.fold;

import dev.cadastre.events.asset.AssetField;
import dev.cadastre.events.ci.Lifecycle;
import dev.cadastre.events.ci.Relation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Reads states back from the bodies that {@link BodyJson} wrote. */
public final class BodyReader {

    private static final JsonFactory FACTORY = new JsonFactory();

    private @Nullable String ciClass;
    private @Nullable String state;
    private @Nullable String substate;
    private @Nullable String name;
    private @Nullable String asset;
    private @Nullable Lifecycle lifecycle;
    private SortedValues attributes = SortedValues.NONE;
    private List<Relation> relations = List.of();
    private final Map<String, Object> fields = new TreeMap<>();

    private BodyReader() {}

    /** The state that a body tells of; null if it says that the entity is absent. */
    public static @Nullable EntityState read(byte[] body) {
        try (JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), body)) {
            BodyReader reader = new BodyReader();
            json.nextToken();
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String member = json.currentName();
                json.nextToken();
                reader.member(json, member);
            }
            return reader.state();
        }
    }

    private @Nullable EntityState state() {
        if (ciClass != null) {
            return new CiState(ciClass, name, lifecycle, asset, attributes, relations);
        }
        if (state != null) {
            if (name != null) {
                fields.put(AssetField.NAME, name);
            }
            return new AssetState(state, substate, SortedValues.of(fields), attributes);
        }
        return null;
    }

    private void member(JsonParser json, String member) {
        switch (member) {
            case "id", "version", "validFrom", "recordedFrom", "position", "present" ->
                    json.skipChildren();
            case "class" -> ciClass = json.getString();
            case "state" -> state = json.getString();
            case "substate" -> substate = json.getString();
            case "name" -> name = json.getString();
            case "asset" -> asset = json.getString();
            case "lifecycle" -> lifecycle = lifecycle(json);
            case "attributes" -> attributes = SortedValues.of(object(json));
            case "relations" -> relations = relations(json);
            default -> fields.put(member, value(json));
        }
    }

    private static Lifecycle lifecycle(JsonParser json) {
        Map<String, Object> parts = object(json);
        return new Lifecycle((String) parts.get("stage"), (String) parts.get("status"));
    }

    private static List<Relation> relations(JsonParser json) {
        List<Relation> relations = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            Map<String, Object> parts = object(json);
            relations.add(new Relation((String) parts.get("type"), (String) parts.get("to")));
        }
        return relations;
    }

    private static Map<String, Object> object(JsonParser json) {
        Map<String, Object> object = new TreeMap<>();
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            json.nextToken();
            object.put(name, value(json));
        }
        return object;
    }

    private static Object value(JsonParser json) {
        return switch (json.currentToken()) {
            case VALUE_STRING -> json.getString();
            case VALUE_NUMBER_INT -> json.getLongValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case START_OBJECT -> object(json);
            case START_ARRAY -> {
                List<Object> items = new ArrayList<>();
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    items.add(value(json));
                }
                yield items;
            }
            default -> throw new IllegalArgumentException("no body holds " + json.currentToken());
        };
    }
}
