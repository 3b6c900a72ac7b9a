package dev.cadastre.events.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.cadastre.events.Event;
import dev.cadastre.events.StoredAs;
import dev.cadastre.events.asset.AssetEvent;
import dev.cadastre.events.ci.CiEvent;
import dev.cadastre.events.imports.ImportEvent;
import dev.cadastre.events.model.ModelEvent;
import dev.cadastre.events.person.PersonEvent;
import dev.cadastre.events.snapshot.SnapshotEvent;
import dev.cadastre.events.webhook.WebhookEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes and reads the stored JSON of every event type and revision. Properties that are null or
 * empty are left out. Thread-safe.
 */
public final class EventJson {

    /** The stable name and the revision of an event's stored form. */
    public record Type(String name, int revision) {}

    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .changeDefaultPropertyInclusion(
                            inclusion ->
                                    inclusion.withValueInclusion(JsonInclude.Include.NON_EMPTY))
                    .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                    .disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build();

    private static final Map<Class<?>, Type> TYPES = new HashMap<>();
    private static final Map<Class<?>, ObjectWriter> WRITERS = new HashMap<>();
    private static final Map<String, ObjectReader> READERS = new HashMap<>();

    static {
        for (Class<?> family :
                List.of(
                        CiEvent.class,
                        AssetEvent.class,
                        ModelEvent.class,
                        PersonEvent.class,
                        ImportEvent.class,
                        SnapshotEvent.class,
                        WebhookEvent.class)) {
            for (Class<?> event : family.getPermittedSubclasses()) {
                StoredAs storedAs = event.getAnnotation(StoredAs.class);
                TYPES.put(event, new Type(storedAs.value(), storedAs.revision()));
                WRITERS.put(event, MAPPER.writerFor(event));
                READERS.put(key(storedAs.value(), storedAs.revision()), MAPPER.readerFor(event));
            }
        }
    }

    private EventJson() {}

    /** All event classes, for tests that pin the stored form of each. */
    public static Set<Class<?>> eventClasses() {
        return Set.copyOf(TYPES.keySet());
    }

    public static Type typeOf(Event event) {
        return TYPES.get(event.getClass());
    }

    public static byte[] write(Event event) {
        return WRITERS.get(event.getClass()).writeValueAsBytes(event);
    }

    /**
     * Reads a stored event.
     *
     * @throws UnknownEventType if this version of the product does not know the type or revision
     */
    public static Event read(String type, int revision, byte[] json) {
        ObjectReader reader = READERS.get(key(type, revision));
        if (reader == null) {
            throw new UnknownEventType(type, revision);
        }
        return reader.readValue(json);
    }

    /** The stored type names, in no order. */
    public static List<Type> types() {
        return new ArrayList<>(TYPES.values());
    }

    private static String key(String type, int revision) {
        return type + "/" + revision;
    }
}
