package dev.cadastre.query.register.model;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.cadastre.query.register.bodies.Bodies;
import dev.cadastre.query.register.kinds.RegisterKind;
import dev.cadastre.query.shared.list.SortKey;
import dev.cadastre.query.shared.time.Coordinates;
import dev.cadastre.query.temporal.KindView;
import dev.cadastre.query.temporal.Page;
import dev.cadastre.query.temporal.PageRequest;
import dev.cadastre.query.temporal.TemporalIndex;
import dev.cadastre.query.temporal.Version;
import dev.cadastre.query.versions.store.BodyKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Asks for lists of assets and CIs. Blocks for the version store's time; thread-safe. */
public final class RegisterLists {

    private static final int CHUNK = 256;

    /**
     * A part of a list.
     *
     * @param bodies as the API reads them; not to be changed
     * @param total number of items of the whole list
     */
    public record Part(List<byte[]> bodies, long total) {}

    /**
     * What an order takes that only bodies tell: kept, so that the next page need not read them.
     */
    private record Ordered(Selection selection, SortOrder order, long asOf, long position) {}

    private static final long KEPT_KEYS = 4_000_000;

    private final TemporalIndex index;
    private final Bodies bodies;
    private final Cache<Ordered, List<BodyKey>> ordered =
            Caffeine.newBuilder()
                    .maximumWeight(KEPT_KEYS)
                    .weigher((Ordered _, List<BodyKey> keys) -> 16 + keys.size())
                    .executor(Runnable::run)
                    .build();

    public RegisterLists(TemporalIndex index, Bodies bodies) {
        this.index = index;
        this.bodies = bodies;
    }

    /** Some of the entities that match at the coordinates, and how many match in all. */
    public Part part(Selection selection, SortOrder order, Coordinates at, int offset, int limit) {
        if (selection.text() == null && order.isOfIndex(selection.kind())) {
            PageRequest request =
                    new PageRequest(order.facet(), order.descending(), null, offset, limit);
            Page page =
                    index.read(
                            view ->
                                    view.kind(selection.kind().word())
                                            .page(
                                                    selection.filter(),
                                                    IndexCoordinates.of(at),
                                                    request));
            return new Part(bodies.read(page.items()), page.total());
        }
        // At fixed coordinates the answer never changes, so what is kept stays right.
        List<BodyKey> keys =
                ordered.get(
                        new Ordered(selection, order, at.asOf(), at.position()),
                        _ -> keys(selection, order, at));
        int from = Math.min(offset, keys.size());
        int to = Math.min(from + limit, keys.size());
        return new Part(bodies.readAll(keys.subList(from, to)), keys.size());
    }

    /**
     * All entities that match at the coordinates, in chunks; what is held meanwhile is eight bytes
     * an entity.
     */
    public Iterator<List<byte[]>> all(Selection selection, SortOrder order, Coordinates at) {
        return new Chunks(keys(selection, order, at));
    }

    /**
     * The versions of the entities that match at the coordinates, by id; none is read.
     *
     * @param selection without a text
     */
    public Map<String, BodyKey> versions(Selection selection, Coordinates at) {
        Map<String, BodyKey> versions = new LinkedHashMap<>();
        index.read(
                view -> {
                    KindView entities = view.kind(selection.kind().word());
                    entities.forEach(
                            selection.filter(),
                            IndexCoordinates.of(at),
                            version ->
                                    versions.put(
                                            entities.vocabulary().id(version.entity()),
                                            Bodies.keyOf(version)));
                    return null;
                });
        return versions;
    }

    /** The bodies of versions, in their order. */
    public List<byte[]> bodies(List<BodyKey> versions) {
        return bodies.readAll(versions);
    }

    private List<BodyKey> keys(Selection selection, SortOrder order, Coordinates at) {
        Matches matches = matches(selection, order, at);
        VersionKeys keys = matches.keys();
        if (matches.sortValues() == null) {
            return keys;
        }
        List<@Nullable Object[]> values = matches.sortValues();
        Map<String, Integer> fromBodies = placesInBodies(selection.kind(), order);
        TextSearch search = selection.text() == null ? null : new TextSearch(selection.text());
        List<Integer> places = new ArrayList<>(keys.size());
        if (search == null && fromBodies.isEmpty()) {
            for (int place = 0; place < keys.size(); place++) {
                places.add(place);
            }
        } else {
            int place = 0;
            for (Iterator<List<byte[]>> chunks = new Chunks(keys); chunks.hasNext(); ) {
                for (byte[] body : chunks.next()) {
                    if (search == null || search.isWithin(body)) {
                        BodyTexts.read(body, fromBodies, values.get(place));
                        places.add(place);
                    }
                    place++;
                }
            }
        }
        places.sort((one, other) -> order.compare(values.get(one), values.get(other)));
        return keys.inOrder(places);
    }

    /**
     * @param sortValues one row a key, without what only bodies tell; null if the keys are in order
     */
    private record Matches(VersionKeys keys, @Nullable List<@Nullable Object[]> sortValues) {}

    private Matches matches(Selection selection, SortOrder order, Coordinates at) {
        boolean inOrder =
                selection.text() == null && order.keys().size() == 1 && !order.descending();
        VersionKeys keys = new VersionKeys();
        List<@Nullable Object[]> values = inOrder ? null : new ArrayList<>();
        index.read(
                view -> {
                    KindView entities = view.kind(selection.kind().word());
                    entities.forEach(
                            selection.filter(),
                            IndexCoordinates.of(at),
                            version -> {
                                keys.add(version);
                                if (values != null) {
                                    values.add(
                                            sortValues(entities, selection.kind(), order, version));
                                }
                            });
                    return null;
                });
        return new Matches(keys, values);
    }

    private static @Nullable Object[] sortValues(
            KindView entities, RegisterKind kind, SortOrder order, Version version) {
        List<SortKey> sortKeys = order.keys();
        @Nullable Object[] values = new @Nullable Object[sortKeys.size()];
        for (int i = 0; i < values.length; i++) {
            String field = sortKeys.get(i).field();
            values[i] =
                    switch (field) {
                        case SortOrder.ID -> entities.vocabulary().id(version.entity());
                        case SortOrder.VALID_FROM -> version.validFrom();
                        case SortOrder.RECORDED_FROM, SortOrder.POSITION ->
                                (long) version.recordedFrom();
                        default -> facetText(entities, kind, field, version);
                    };
        }
        return values;
    }

    private static @Nullable String facetText(
            KindView entities, RegisterKind kind, String field, Version version) {
        int facet = kind.facets().indexOf(field);
        return facet < 0
                ? null
                : entities.vocabulary().text(facet, entities.value(version.row(), facet));
    }

    private static Map<String, Integer> placesInBodies(RegisterKind kind, SortOrder order) {
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < order.keys().size(); i++) {
            String field = order.keys().get(i).field();
            if (!kind.facets().contains(field) && !SortOrder.isOfTheVersion(field)) {
                places.put(field, i);
            }
        }
        return places;
    }

    private final class Chunks implements Iterator<List<byte[]>> {
        private final List<BodyKey> keys;
        private int next;

        private Chunks(List<BodyKey> keys) {
            this.keys = keys;
        }

        @Override
        public boolean hasNext() {
            return next < keys.size();
        }

        @Override
        public List<byte[]> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            int end = Math.min(next + CHUNK, keys.size());
            List<byte[]> chunk = bodies.readAll(keys.subList(next, end));
            next = end;
            return chunk;
        }
    }
}
