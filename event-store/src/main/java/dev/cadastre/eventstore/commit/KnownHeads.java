package dev.cadastre.eventstore.commit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.cadastre.eventstore.log.StreamHead;
import java.util.Collection;
import java.util.Map;

/** The durable heads of the streams written lately; others are read from the store. */
final class KnownHeads {

    private static final int MOST_STREAMS = 500_000;

    private final SlotLookups lookups;
    private final Cache<String, StreamHead> heads =
            Caffeine.newBuilder().maximumSize(MOST_STREAMS).executor(Runnable::run).build();

    KnownHeads(SlotLookups lookups) {
        this.lookups = lookups;
    }

    StreamHead of(String stream) {
        StreamHead known = heads.getIfPresent(stream);
        if (known == null) {
            known = lookups.streamHead(stream);
            heads.put(stream, known);
        }
        return known;
    }

    void advance(Map<String, StreamHead> newHeads) {
        heads.putAll(newHeads);
    }

    void forget(Collection<String> streams) {
        heads.invalidateAll(streams);
    }

    boolean knows(String stream) {
        return heads.getIfPresent(stream) != null;
    }
}
