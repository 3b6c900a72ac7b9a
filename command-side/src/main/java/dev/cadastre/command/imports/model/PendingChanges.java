package dev.cadastre.command.imports.model;

import dev.cadastre.command.shared.Recorded;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The changes handed to the log and not yet known to be durable, oldest first. Bounded in number
 * and in bytes of their lines, which are kept in case a change must be judged again.
 */
final class PendingChanges {

    private static final int MOST = 512;
    private static final long MOST_BYTES = 8L << 20;

    /** One change under way. */
    record Pending(HistoryChange change, CompletableFuture<Recorded> outcome) {}

    private final ArrayDeque<Pending> queue = new ArrayDeque<>();
    private final Map<String, byte[]> digests = new HashMap<>();
    private long bytes;

    void add(HistoryChange change, CompletableFuture<Recorded> outcome) {
        queue.add(new Pending(change, outcome));
        digests.put(change.name(), change.digest());
        bytes += change.bytes();
    }

    /** The digest of a change under way, by its name. */
    byte @Nullable [] digest(String change) {
        return digests.get(change);
    }

    boolean full() {
        return queue.size() >= MOST || bytes >= MOST_BYTES;
    }

    /** The oldest change, or null; with {@code settled} only if its outcome is known. */
    @Nullable Pending poll(boolean settled) {
        Pending oldest = queue.peek();
        if (oldest == null || settled && !oldest.outcome().isDone()) {
            return null;
        }
        queue.remove();
        digests.remove(oldest.change().name());
        bytes -= oldest.change().bytes();
        return oldest;
    }

    /** Takes all out, oldest first. */
    List<Pending> takeAll() {
        List<Pending> all = new ArrayList<>(queue);
        queue.clear();
        digests.clear();
        bytes = 0;
        return all;
    }
}
