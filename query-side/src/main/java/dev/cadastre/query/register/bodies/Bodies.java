package dev.cadastre.query.register.bodies;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.cadastre.query.temporal.Version;
import dev.cadastre.query.versions.store.BodyKey;
import dev.cadastre.query.versions.store.VersionStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads the bodies of versions: from a bounded cache, from those still on their way into the
 * version store, or from the store. Thread-safe. A body is not to be changed by whoever reads it.
 */
public final class Bodies {

    private static final int OVERHEAD = 64;

    private final VersionStore store;
    private final Map<BodyKey, PendingBody> pending = new ConcurrentHashMap<>();
    private final Cache<BodyKey, byte[]> cache;

    /**
     * @param cacheBytes how much heap the cache may take
     */
    public Bodies(VersionStore store, long cacheBytes) {
        this.store = store;
        this.cache =
                Caffeine.newBuilder()
                        .maximumWeight(cacheBytes)
                        .weigher((BodyKey _, byte[] json) -> json.length + OVERHEAD)
                        .executor(Runnable::run)
                        .build();
    }

    /** The bodies of versions of the index, in their order. */
    public List<byte[]> read(List<Version> versions) {
        return readAll(versions.stream().map(Bodies::keyOf).toList());
    }

    /** The key of the body of a version of the index. */
    public static BodyKey keyOf(Version version) {
        return new BodyKey(version.recordedFrom(), version.number());
    }

    /** The bodies under the keys, in their order. */
    public List<byte[]> readAll(List<BodyKey> keys) {
        byte[][] found = new byte[keys.size()][];
        List<BodyKey> missing = new ArrayList<>();
        for (int i = 0; i < found.length; i++) {
            BodyKey key = keys.get(i);
            found[i] = cache.getIfPresent(key);
            if (found[i] == null) {
                PendingBody onItsWay = pending.get(key);
                if (onItsWay != null) {
                    found[i] = onItsWay.body().json();
                    // Once the store has it, it may be asked for while the store is away.
                    cache.put(key, found[i]);
                } else {
                    missing.add(key);
                }
            }
        }
        if (!missing.isEmpty()) {
            List<byte[]> read = store.read(missing);
            int next = 0;
            for (int i = 0; i < found.length; i++) {
                if (found[i] == null) {
                    cache.put(missing.get(next), read.get(next));
                    found[i] = read.get(next++);
                }
            }
        }
        return Arrays.asList(found);
    }

    /**
     * The bodies under the keys, in their order, for whoever goes through very many: the cache is
     * left to those who ask for few.
     */
    public List<byte[]> readPassing(List<BodyKey> keys) {
        byte[][] found = new byte[keys.size()][];
        // Keys that follow each other lie beside each other.
        List<Integer> missing = new ArrayList<>(found.length);
        for (int i = 0; i < found.length; i++) {
            PendingBody onItsWay = pending.get(keys.get(i));
            if (onItsWay != null) {
                found[i] = onItsWay.body().json();
            } else {
                missing.add(i);
            }
        }
        missing.sort(Comparator.comparing(keys::get));
        Iterator<byte[]> read = store.read(missing.stream().map(keys::get).toList()).iterator();
        missing.forEach(i -> found[i] = read.next());
        return Arrays.asList(found);
    }

    /** The body of one version. */
    public byte[] read(Version version) {
        return read(List.of(version)).getFirst();
    }

    /** Shows bodies to readers before the store has them. */
    public void announce(List<PendingBody> bodies) {
        bodies.forEach(body -> pending.put(body.key(), body));
    }

    /** Lets go of bodies that the store now has. */
    public void stored(List<PendingBody> bodies) {
        bodies.forEach(body -> pending.remove(body.key()));
    }
}
