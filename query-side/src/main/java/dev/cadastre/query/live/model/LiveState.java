package dev.cadastre.query.live.model;

import dev.cadastre.query.shared.live.LiveResult;
import dev.cadastre.query.shared.live.LiveResult.Row;
import dev.cadastre.query.shared.time.Coordinates;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The newest answer, with the order in which its rows came to be as they are. So what a client
 * lacks is told from one number, however long it was away and whatever happened meanwhile, and
 * nothing is kept for any client. One thread applies results; any may ask.
 */
public final class LiveState {

    private static final int REMOVALS_KEPT = 10_000;

    /** A row as it is since a change; without contents if it was removed. */
    private record Entry(long change, String key, Object stamp, byte @Nullable [] json) {}

    /**
     * Some of what a client lacks.
     *
     * @param upTo the change up to which the client has everything afterwards
     * @param put contents by key
     * @param removed keys
     * @param whole what is said of the whole, where the client then lacks nothing; else null
     */
    public record Portion(
            long upTo, Map<String, byte[]> put, List<String> removed, @Nullable Whole whole) {}

    /**
     * What is said of a whole answer.
     *
     * @param at where it holds
     * @param head as JSON
     */
    public record Whole(Coordinates at, String head) {}

    private final Map<String, Entry> rows = new HashMap<>();
    private final TreeMap<Long, Entry> changes = new TreeMap<>();
    private final TreeMap<Long, Entry> removals = new TreeMap<>();
    private @Nullable Whole whole;
    private long lastChange;
    private long forgotten;

    /**
     * Takes the next result.
     *
     * @param at where it holds
     * @return whether it differs from the one before
     */
    public boolean apply(LiveResult result, Coordinates at) {
        List<Row> differing = differing(result);
        List<byte[]> contents = result.contents().apply(differing);
        Set<String> gone = new HashSet<>(rows.keySet());
        result.rows().forEach(row -> gone.remove(row.key()));
        Whole next = new Whole(at, result.head().toString());
        synchronized (this) {
            long before = lastChange;
            if (whole == null || !whole.head().equals(next.head())) {
                lastChange++;
            }
            for (int i = 0; i < differing.size(); i++) {
                Row row = differing.get(i);
                put(new Entry(++lastChange, row.key(), row.stamp(), contents.get(i)));
            }
            gone.forEach(this::remove);
            whole = next;
            return lastChange > before;
        }
    }

    private List<Row> differing(LiveResult result) {
        List<Row> differing = new ArrayList<>();
        for (Row row : result.rows()) {
            Entry known = rows.get(row.key());
            if (known == null || !known.stamp().equals(row.stamp())) {
                differing.add(row);
            }
        }
        return differing;
    }

    private void put(Entry entry) {
        Entry before = rows.put(entry.key(), entry);
        if (before != null) {
            changes.remove(before.change());
        }
        changes.put(entry.change(), entry);
    }

    private void remove(String key) {
        Entry before = rows.remove(key);
        changes.remove(before.change());
        Entry removal = new Entry(++lastChange, key, before.stamp(), null);
        changes.put(removal.change(), removal);
        removals.put(removal.change(), removal);
        while (removals.size() > REMOVALS_KEPT) {
            forgotten = removals.pollFirstEntry().getKey();
            changes.remove(forgotten);
        }
    }

    /** Where the newest answer holds; null before the first. */
    public synchronized @Nullable Coordinates at() {
        return whole == null ? null : whole.at();
    }

    /** The newest answer holds at later coordinates, too. */
    public synchronized void holdsAt(Coordinates later) {
        if (whole != null) {
            whole = new Whole(later, whole.head());
        }
    }

    /** The number of the last change. */
    public synchronized long lastChange() {
        return lastChange;
    }

    /** Whether it can be told what a client lacks that has everything up to a change. */
    public synchronized boolean remembers(long change) {
        return change >= forgotten;
    }

    /**
     * What a client lacks.
     *
     * @param after the change up to which it has everything
     * @param began removals up to this change do not concern it
     * @param bytes about how much is wanted at most
     */
    public synchronized Portion portion(long after, long began, int bytes) {
        Map<String, byte[]> put = new HashMap<>();
        List<String> removed = new ArrayList<>();
        long upTo = after;
        int size = 0;
        for (Entry entry : changes.tailMap(after, false).values()) {
            if (size >= bytes) {
                return new Portion(upTo, put, removed, null);
            }
            upTo = entry.change();
            if (entry.json() != null) {
                put.put(entry.key(), entry.json());
                size += entry.json().length + entry.key().length();
            } else if (entry.change() > began) {
                removed.add(entry.key());
                size += entry.key().length();
            }
        }
        return new Portion(lastChange, put, removed, whole);
    }

    /**
     * Keys of rows that are not as a client has them.
     *
     * @param change the last one when that was told
     */
    public record Differing(List<String> keys, long change) {}

    /**
     * What a client lacks that has another result, of this or an earlier time.
     *
     * @param had the stamps of its rows, by key
     */
    public synchronized Differing differingFrom(Map<String, Object> had) {
        List<String> keys = new ArrayList<>();
        rows.values()
                .forEach(
                        entry -> {
                            if (!entry.stamp().equals(had.get(entry.key()))) {
                                keys.add(entry.key());
                            }
                        });
        had.keySet().stream().filter(key -> !rows.containsKey(key)).forEach(keys::add);
        return new Differing(keys, lastChange);
    }

    /** The rows of some of the keys as they are now, taken from the iterator. */
    public synchronized Portion portion(long upTo, Iterator<String> keys, int bytes) {
        Map<String, byte[]> put = new HashMap<>();
        List<String> removed = new ArrayList<>();
        int size = 0;
        while (size < bytes && keys.hasNext()) {
            String key = keys.next();
            Entry entry = rows.get(key);
            if (entry == null || entry.json() == null) {
                removed.add(key);
            } else {
                put.put(key, entry.json());
                size += entry.json().length;
            }
            size += key.length();
        }
        boolean isAll = !keys.hasNext() && upTo == lastChange;
        return new Portion(upTo, put, removed, isAll ? whole : null);
    }
}
