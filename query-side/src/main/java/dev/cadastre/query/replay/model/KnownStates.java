package dev.cadastre.query.replay.model;

import dev.cadastre.query.register.fold.EntityState;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The states of the things a replay came by most recently, as many as a bound on bytes allows; the
 * others are read again. For one thread.
 */
final class KnownStates {

    /** What is known of one thing where the replay stands. */
    static final class Known {
        @Nullable EntityState state;

        /** Place of its body among those to be read; {@link #NOTHING} where the state is known. */
        int body = NOTHING;

        /** The latest instant, up to the valid instant, from which on a fact altered it. */
        long altered = Long.MIN_VALUE;

        private int weight;
    }

    static final int NOTHING = -1;
    private static final int OVERHEAD = 250;

    private final Map<String, Known> byStream = new LinkedHashMap<>(1_024, 0.75f, true);
    private final long mostBytes;
    private long bytes;

    /**
     * @param mostBytes about how much heap may be taken
     */
    KnownStates(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    @Nullable Known get(String stream) {
        return byStream.get(stream);
    }

    Known add(String stream) {
        Known known = new Known();
        byStream.put(stream, known);
        return known;
    }

    /** Takes account of a new state. */
    void settle(Known known) {
        int weight = OVERHEAD + (known.state == null ? 0 : known.state.weight());
        bytes += weight - known.weight;
        known.weight = weight;
    }

    /** Drops the least recent ones beyond the bound. */
    void trim() {
        Iterator<Known> leastRecent = byStream.values().iterator();
        while (bytes > mostBytes && leastRecent.hasNext()) {
            bytes -= leastRecent.next().weight;
            leastRecent.remove();
        }
    }
}
