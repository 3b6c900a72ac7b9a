package dev.cadastre.query.snapshots.model;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.cadastre.events.snapshot.SnapshotScope;
import dev.cadastre.query.register.bodies.Bodies;
import dev.cadastre.query.register.kinds.RegisterKind;
import dev.cadastre.query.register.model.VersionKeys;
import dev.cadastre.query.temporal.Coordinates;
import dev.cadastre.query.temporal.KindView;
import dev.cadastre.query.temporal.TemporalIndex;
import dev.cadastre.query.temporal.View;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a snapshot shows, from the index and the version store, in the order of the digest: by kind,
 * then by the UTF-8 bytes of the id. The view must hold the snapshot's position. Thread-safe.
 */
public final class SnapshotItems {

    /** How many bodies are in memory at a time. */
    private static final int CHUNK = 512;

    private static final long KEPT_KEYS = 4_000_000;
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private record Asked(SnapshotScope scope, Coordinates at) {}

    /** The bodies of one kind, in the order of the digest. */
    private record Selected(RegisterKind kind, VersionKeys keys) {}

    private final TemporalIndex index;
    private final Bodies bodies;

    /** At fixed coordinates the selection never changes, so what is kept stays right. */
    private final Cache<Asked, List<Selected>> selections =
            Caffeine.newBuilder()
                    .maximumWeight(KEPT_KEYS)
                    .weigher((Asked _, List<Selected> found) -> 16 + (int) count(found))
                    .executor(Runnable::run)
                    .build();

    public SnapshotItems(TemporalIndex index, Bodies bodies) {
        this.index = index;
        this.bodies = bodies;
    }

    /** How many things it shows. */
    public long count(Snapshot snapshot) {
        return count(selected(snapshot));
    }

    /** Those from an offset on. */
    public List<Item> part(Snapshot snapshot, long offset, int limit) {
        List<Item> part = new ArrayList<>();
        long skipped = 0;
        for (Selected selected : selected(snapshot)) {
            int size = selected.keys().size();
            int from = (int) Math.clamp(offset - skipped, 0, size);
            int to = Math.min(size, from + limit - part.size());
            part.addAll(read(selected, from, to));
            skipped += size;
        }
        return part;
    }

    /** All of them, in chunks that are read as they are asked for. */
    public Iterator<List<Item>> all(Snapshot snapshot) {
        return new Chunks(selected(snapshot));
    }

    /** Their digest. */
    public SnapshotDigest.Result digest(Snapshot snapshot) {
        SnapshotDigest digest = new SnapshotDigest();
        all(snapshot)
                .forEachRemaining(
                        chunk ->
                                chunk.forEach(
                                        item ->
                                                digest.add(
                                                        item.kind(),
                                                        item.id(),
                                                        item.contentHash())));
        return digest.result();
    }

    private static long count(List<Selected> selected) {
        return selected.stream().mapToLong(each -> each.keys().size()).sum();
    }

    private List<Selected> selected(Snapshot snapshot) {
        return selections.get(
                new Asked(snapshot.taken().scope(), snapshot.coordinates()),
                asked -> {
                    Scope scope = Scope.of(asked.scope());
                    return scope.kinds().stream()
                            .map(
                                    kind ->
                                            new Selected(
                                                    kind,
                                                    index.read(
                                                            view ->
                                                                    keys(
                                                                            view,
                                                                            scope,
                                                                            kind,
                                                                            asked.at()))))
                            .toList();
                });
    }

    private static VersionKeys keys(View view, Scope scope, RegisterKind kind, Coordinates at) {
        KindView things = view.kind(kind.word());
        VersionKeys keys = new VersionKeys();
        List<String> ids = new ArrayList<>();
        things.forEach(
                scope.filter(),
                at,
                version -> {
                    keys.add(version);
                    ids.add(things.vocabulary().id(version.entity()));
                });
        if (isInOrder(ids)) {
            return keys;
        }
        return keys.inOrder(
                IntStream.range(0, ids.size())
                        .boxed()
                        .sorted(
                                (one, other) ->
                                        Utf8Order.COMPARATOR.compare(ids.get(one), ids.get(other)))
                        .toList());
    }

    /** The index has its own order, which is nearly always the same. */
    private static boolean isInOrder(List<String> ids) {
        for (int i = 1; i < ids.size(); i++) {
            if (Utf8Order.COMPARATOR.compare(ids.get(i - 1), ids.get(i)) > 0) {
                return false;
            }
        }
        return true;
    }

    private List<Item> read(Selected selected, int from, int to) {
        if (from >= to) {
            return List.of();
        }
        MessageDigest sha256 = SnapshotDigest.sha256();
        List<Item> items = new ArrayList<>(to - from);
        for (byte[] json : bodies.readPassing(selected.keys().subList(from, to))) {
            var body = MAPPER.readTree(json);
            String hash =
                    HexFormat.of().formatHex(EntityContent.hash(selected.kind(), body, sha256));
            items.add(new Item(selected.kind(), json, body, hash));
        }
        return items;
    }

    private final class Chunks implements Iterator<List<Item>> {
        private final Iterator<Selected> kinds;
        private Selected current;
        private int next;

        private Chunks(List<Selected> selected) {
            this.kinds = selected.stream().filter(each -> !each.keys().isEmpty()).iterator();
            this.current = new Selected(RegisterKind.CI, new VersionKeys());
        }

        @Override
        public boolean hasNext() {
            return next < current.keys().size() || kinds.hasNext();
        }

        @Override
        public List<Item> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            if (next == current.keys().size()) {
                current = kinds.next();
                next = 0;
            }
            int end = Math.min(next + CHUNK, current.keys().size());
            List<Item> chunk = read(current, next, end);
            next = end;
            return chunk;
        }
    }
}
