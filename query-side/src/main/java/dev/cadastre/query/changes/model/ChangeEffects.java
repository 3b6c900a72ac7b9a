package dev.cadastre.query.changes.model;

import dev.cadastre.events.StreamId;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.eventstore.log.StoredEvent;
import dev.cadastre.query.changes.model.ChangeEffect.Change;
import dev.cadastre.query.changes.model.ChangeEffect.KnownState;
import dev.cadastre.query.register.bodies.Bodies;
import dev.cadastre.query.register.fold.BodyJson;
import dev.cadastre.query.register.kinds.RegisterKind;
import dev.cadastre.query.register.model.EventInstants;
import dev.cadastre.query.temporal.Coordinates;
import dev.cadastre.query.temporal.KindView;
import dev.cadastre.query.temporal.TemporalIndex;
import dev.cadastre.query.temporal.Version;
import dev.cadastre.query.temporal.View;
import dev.cadastre.query.temporal.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one change set did: for each thing and each instant that its events are about, the state
 * known just before it and that known just after it. They come in the order of the first event of
 * each. What is held is where the events lie; states and events are read when they are asked for.
 * Thread-safe.
 */
public final class ChangeEffects {

    /** What one instant of one stream is called. */
    private record Key(String stream, long instant) {}

    private record Versions(@Nullable Version before, @Nullable Version after) {}

    private static final int CHUNK = 64;

    private final TemporalIndex index;
    private final Bodies bodies;
    private final EventLog log;
    private final int before;
    private final int after;
    private final List<TouchedInstant> touched;

    private ChangeEffects(
            TemporalIndex index,
            Bodies bodies,
            EventLog log,
            int before,
            int after,
            List<TouchedInstant> touched) {
        this.index = index;
        this.bodies = bodies;
        this.log = log;
        this.before = before;
        this.after = after;
        this.touched = touched;
    }

    static ChangeEffects of(
            TemporalIndex index, Bodies bodies, EventLog log, List<StoredEvent> changeSet) {
        int first = Math.toIntExact(changeSet.getFirst().position());
        int last = Math.toIntExact(changeSet.getLast().position());
        return new ChangeEffects(
                index,
                bodies,
                log,
                first - 1,
                last,
                index.read(view -> touched(view, changeSet, first, last)));
    }

    private static List<TouchedInstant> touched(
            View view, List<StoredEvent> changeSet, int first, int last) {
        Map<Key, TouchedInstant> touched = new LinkedHashMap<>();
        Map<String, Map<Long, Long>> instants = new HashMap<>();
        for (StoredEvent event : changeSet) {
            String stream = event.envelope().stream();
            RegisterKind kind = RegisterKind.ofStream(stream);
            long instant = 0;
            if (kind != null) {
                instant =
                        instants.computeIfAbsent(
                                        stream, _ -> instants(view, kind, stream, first, last))
                                .getOrDefault(event.position(), event.envelope().effectiveAt());
            }
            long about = instant;
            touched.computeIfAbsent(
                            new Key(stream, about), _ -> new TouchedInstant(stream, kind, about))
                    .positions
                    .add(event.position());
        }
        return List.copyOf(touched.values());
    }

    private static Map<Long, Long> instants(
            View view, RegisterKind kind, String stream, int first, int last) {
        KindView entities = view.kind(kind.word());
        int entity = entities.vocabulary().entity(kind.idOf(stream));
        return entity == Vocabulary.UNKNOWN
                ? Map.of()
                : EventInstants.of(entities, entity, first, last);
    }

    /** How many there are. */
    public int count() {
        return touched.size();
    }

    /** Some of them. */
    public List<ChangeEffect> part(long offset, int limit) {
        int begin = (int) Math.min(offset, count());
        return effects(touched.subList(begin, Math.min(begin + limit, count())));
    }

    /** All of them, some read at a time. */
    public Stream<ChangeEffect> all() {
        return IntStream.iterate(0, begin -> begin < count(), begin -> begin + CHUNK)
                .boxed()
                .flatMap(begin -> part(begin, CHUNK).stream());
    }

    private List<ChangeEffect> effects(List<TouchedInstant> wanted) {
        List<Versions> versions =
                index.read(view -> wanted.stream().map(one -> versions(view, one)).toList());
        List<Version> present = new ArrayList<>(2 * wanted.size());
        for (Versions pair : versions) {
            for (Version version : Arrays.asList(pair.before(), pair.after())) {
                if (version != null) {
                    present.add(version);
                }
            }
        }
        Iterator<byte[]> read = bodies.read(present).iterator();
        List<ChangeEffect> effects = new ArrayList<>(wanted.size());
        for (int i = 0; i < wanted.size(); i++) {
            KnownState had = state(versions.get(i).before(), read);
            effects.add(effect(wanted.get(i), had, state(versions.get(i).after(), read)));
        }
        return effects;
    }

    private Versions versions(View view, TouchedInstant touched) {
        if (touched.kind == null) {
            return new Versions(null, null);
        }
        KindView entities = view.kind(touched.kind.word());
        int entity = entities.vocabulary().entity(touched.kind.idOf(touched.stream));
        return new Versions(
                present(entities, entity, new Coordinates(touched.instant, before)),
                present(entities, entity, new Coordinates(touched.instant, after)));
    }

    private static @Nullable Version present(KindView entities, int entity, Coordinates at) {
        if (entity == Vocabulary.UNKNOWN) {
            return null;
        }
        Version version = entities.version(entity, at);
        return version != null && version.present() ? version : null;
    }

    private static @Nullable KnownState state(@Nullable Version version, Iterator<byte[]> read) {
        return version == null
                ? null
                : new KnownState(version.number(), BodyJson.content(read.next()));
    }

    private ChangeEffect effect(
            TouchedInstant touched, @Nullable KnownState had, @Nullable KnownState has) {
        StreamId stream = StreamId.parse(touched.stream);
        List<StoredEvent> events =
                touched.positions.stream().map(at -> log.event(at).orElseThrow()).toList();
        return touched.kind == null
                ? new ChangeEffect(stream.kind(), stream.id(), null, null, null, null, events)
                : new ChangeEffect(
                        stream.kind(),
                        stream.id(),
                        touched.instant,
                        change(had, has),
                        had,
                        has,
                        events);
    }

    private static Change change(@Nullable KnownState had, @Nullable KnownState has) {
        if (had == null) {
            return has == null ? Change.UNCHANGED : Change.ADDED;
        }
        if (has == null) {
            return Change.REMOVED;
        }
        return Arrays.equals(had.content(), has.content()) ? Change.UNCHANGED : Change.CHANGED;
    }
}
