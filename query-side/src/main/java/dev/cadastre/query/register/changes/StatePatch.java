package dev.cadastre.query.register.changes;

import dev.cadastre.events.ci.Relation;
import dev.cadastre.query.register.fold.AssetState;
import dev.cadastre.query.register.fold.BodyJson;
import dev.cadastre.query.register.fold.CiState;
import dev.cadastre.query.register.fold.EntityState;
import dev.cadastre.query.register.fold.SortedValues;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.ByteArrayBuilder;

/**
 * Writes a JSON Patch (RFC 6902) from one state of a thing to another: the operations of {@link
 * dev.cadastre.query.shared.difference.JsonPatch} between the two contents, without bodies that
 * would have to be read. What two states share is not looked at twice.
 */
public final class StatePatch {

    private static final JsonFactory FACTORY = new JsonFactory();

    private final JsonGenerator json;
    private final String id;

    private StatePatch(JsonGenerator json, String id) {
        this.json = json;
        this.id = id;
    }

    /**
     * Writes the array of operations.
     *
     * @param before null where the thing is not there, as which the document is null
     * @param after null where the thing is not there
     */
    public static void write(
            JsonGenerator json,
            String id,
            @Nullable EntityState before,
            @Nullable EntityState after) {
        json.writeStartArray();
        new StatePatch(json, id).between(before, after);
        json.writeEndArray();
    }

    private void between(@Nullable EntityState before, @Nullable EntityState after) {
        if (before instanceof CiState one && after instanceof CiState other) {
            cis(one, other);
        } else if (before instanceof AssetState one && after instanceof AssetState other) {
            assets(one, other);
        } else if (before != null) {
            testEach(before);
            begin("replace", "");
            json.writeNullProperty("value");
            json.writeEndObject();
        } else if (after != null) {
            begin("test", "");
            json.writeNullProperty("value");
            json.writeEndObject();
            begin("replace", "");
            json.writeName("value");
            BodyJson.writeContent(json, id, after);
            json.writeEndObject();
        }
    }

    /** Tests each member of a state but the id. */
    private void testEach(EntityState state) {
        ByteArrayBuilder content = new ByteArrayBuilder(512);
        try (JsonGenerator out = FACTORY.createGenerator(ObjectWriteContext.empty(), content)) {
            BodyJson.writeContent(out, id, state);
        }
        try (JsonParser in =
                FACTORY.createParser(ObjectReadContext.empty(), content.toByteArray())) {
            in.nextToken();
            while (in.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = in.currentName();
                in.nextToken();
                if (name.equals("id")) {
                    continue;
                }
                begin("test", "/" + name);
                json.writeName("value");
                json.copyCurrentStructure(in);
                json.writeEndObject();
            }
        }
    }

    private void cis(CiState before, CiState after) {
        removed("/name", before.name(), after.name());
        removed("/lifecycle", lifecycle(before), lifecycle(after));
        removed("/asset", before.asset(), after.asset());
        kept("/class", before.ciClass(), after.ciClass());
        kept("/name", before.name(), after.name());
        if (before.lifecycle() != after.lifecycle()) {
            kept("/lifecycle", lifecycle(before), lifecycle(after));
        }
        kept("/asset", before.asset(), after.asset());
        values("/attributes", before.attributes(), after.attributes());
        if (before.relations() != after.relations()) {
            relations(before.relations(), after.relations());
        }
    }

    private static @Nullable Map<String, Object> lifecycle(CiState state) {
        if (state.lifecycle() == null) {
            return null;
        }
        Map<String, Object> parts = new TreeMap<>();
        parts.put("stage", state.lifecycle().stage());
        parts.put("status", state.lifecycle().status());
        return parts;
    }

    private void assets(AssetState before, AssetState after) {
        boolean sameFields = before.fields() == after.fields();
        if (!sameFields) {
            for (String field : AssetState.leadingFields()) {
                removed("/" + field, before.fields().get(field), after.fields().get(field));
            }
        }
        removed("/substate", before.substate(), after.substate());
        if (!sameFields) {
            for (String field : AssetState.trailingFields()) {
                removed("/" + field, before.fields().get(field), after.fields().get(field));
            }
            for (String field : AssetState.leadingFields()) {
                kept("/" + field, before.fields().get(field), after.fields().get(field));
            }
        }
        kept("/state", before.state(), after.state());
        kept("/substate", before.substate(), after.substate());
        if (!sameFields) {
            for (String field : AssetState.trailingFields()) {
                kept("/" + field, before.fields().get(field), after.fields().get(field));
            }
        }
        values("/attributes", before.attributes(), after.attributes());
    }

    private void values(String pointer, SortedValues before, SortedValues after) {
        if (before != after) {
            before.forEach((name, value) -> removed(member(pointer, name), value, after.get(name)));
            after.forEach((name, value) -> kept(member(pointer, name), before.get(name), value));
        }
    }

    private void objects(String pointer, Map<?, ?> before, Map<?, ?> after) {
        before.forEach(
                (name, value) -> removed(member(pointer, (String) name), value, after.get(name)));
        after.forEach(
                (name, value) -> kept(member(pointer, (String) name), before.get(name), value));
    }

    /** Tells of a member that is gone. */
    private void removed(String pointer, @Nullable Object before, @Nullable Object after) {
        if (before != null && after == null) {
            operation("test", pointer, before);
            begin("remove", pointer);
            json.writeEndObject();
        }
    }

    /** Tells of a member that is there afterwards. */
    private void kept(String pointer, @Nullable Object before, @Nullable Object after) {
        if (after == null || after == before) {
            return;
        }
        if (before == null) {
            operation("add", pointer, after);
        } else if (before instanceof Map<?, ?> one && after instanceof Map<?, ?> other) {
            objects(pointer, one, other);
        } else if (!before.equals(after)) {
            operation("test", pointer, before);
            operation("replace", pointer, after);
        }
    }

    /** Both lists are sorted, so what stays keeps its place among itself. */
    private void relations(List<Relation> before, List<Relation> after) {
        Set<Relation> had = new HashSet<>(before);
        Set<Relation> has = new HashSet<>(after);
        for (int i = before.size() - 1; i >= 0; i--) {
            if (!has.contains(before.get(i))) {
                relation("test", i, before.get(i));
                begin("remove", "/relations/" + i);
                json.writeEndObject();
            }
        }
        for (int i = 0; i < after.size(); i++) {
            if (!had.contains(after.get(i))) {
                relation("add", i, after.get(i));
            }
        }
    }

    private void relation(String operation, int place, Relation relation) {
        begin(operation, "/relations/" + place);
        json.writeObjectPropertyStart("value");
        json.writeStringProperty("type", relation.type());
        json.writeStringProperty("to", relation.to());
        json.writeEndObject();
        json.writeEndObject();
    }

    private void operation(String operation, String pointer, Object value) {
        begin(operation, pointer);
        json.writeName("value");
        BodyJson.writeValue(json, value);
        json.writeEndObject();
    }

    private void begin(String operation, String pointer) {
        json.writeStartObject();
        json.writeStringProperty("op", operation);
        json.writeStringProperty("path", pointer);
    }

    /** The pointer to a member (RFC 6901 section 3). */
    private static String member(String parent, String name) {
        boolean plain = name.indexOf('~') < 0 && name.indexOf('/') < 0;
        return parent + "/" + (plain ? name : name.replace("~", "~0").replace("/", "~1"));
    }
}
