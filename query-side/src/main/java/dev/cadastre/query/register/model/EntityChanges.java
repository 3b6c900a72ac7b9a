package dev.cadastre.query.register.model;

import dev.cadastre.events.Retraction;
import dev.cadastre.events.json.EventJson;
import dev.cadastre.eventstore.log.Envelope;
import dev.cadastre.eventstore.log.StoredEvent;
import dev.cadastre.query.register.bodies.Bodies;
import dev.cadastre.query.register.kinds.RegisterKind;
import dev.cadastre.query.temporal.Coordinates;
import dev.cadastre.query.temporal.KindView;
import dev.cadastre.query.temporal.TemporalIndex;
import dev.cadastre.query.temporal.Version;
import dev.cadastre.query.temporal.View;
import dev.cadastre.query.temporal.Vocabulary;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says of single events what they changed. They must be within what the index holds. Thread-safe.
 */
public final class EntityChanges {

    private final TemporalIndex index;
    private final Bodies bodies;

    public EntityChanges(TemporalIndex index, Bodies bodies) {
        this.index = index;
        this.bodies = bodies;
    }

    /** What an event changed; null if it tells of no asset and no CI. */
    public @Nullable EntityChange of(StoredEvent event) {
        RegisterKind kind = RegisterKind.ofStream(event.envelope().stream());
        return kind == null ? null : index.read(view -> change(view, kind, event));
    }

    /** The body of a version as the API reads it; not to be changed. Null for none. */
    public byte @Nullable [] body(@Nullable Version version) {
        return version == null ? null : bodies.read(version);
    }

    private static EntityChange change(View view, RegisterKind kind, StoredEvent event) {
        KindView entities = view.kind(kind.word());
        String id = kind.idOf(event.envelope().stream());
        int entity = entities.vocabulary().entity(id);
        int position = Math.toIntExact(event.position());
        long instant = instant(entities, entity, event);
        Version before = present(entities.version(entity, new Coordinates(instant, position - 1)));
        Version after = present(entities.version(entity, new Coordinates(instant, position)));
        return new EntityChange(
                kind,
                id,
                instant,
                before,
                after,
                facets(entities, kind, before),
                facets(entities, kind, after));
    }

    private static long instant(KindView entities, int entity, StoredEvent event) {
        Envelope envelope = event.envelope();
        if (!(EventJson.read(envelope.type(), envelope.revision(), event.payload())
                instanceof Retraction)) {
            return envelope.effectiveAt();
        }
        return EventInstants.of(entities, entity, event.position(), event.position())
                .getOrDefault(event.position(), envelope.effectiveAt());
    }

    private static @Nullable Version present(@Nullable Version version) {
        return version != null && version.present() ? version : null;
    }

    private static @Nullable List<@Nullable String> facets(
            KindView entities, RegisterKind kind, @Nullable Version version) {
        if (version == null) {
            return null;
        }
        Vocabulary vocabulary = entities.vocabulary();
        List<@Nullable String> texts = new ArrayList<>(kind.facets().size());
        for (int facet = 0; facet < kind.facets().size(); facet++) {
            texts.add(vocabulary.text(facet, entities.value(version.row(), facet)));
        }
        return Collections.unmodifiableList(texts);
    }
}
