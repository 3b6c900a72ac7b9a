package dev.cadastre.query.register.projection;

import dev.cadastre.events.ci.Relation;
import dev.cadastre.query.register.fold.KnownTimeline;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is kept in the heap of the entities that events told of most recently, as much as a bound on
 * bytes allows. For one thread, which is what makes it several times faster than a shared cache.
 */
final class RecentEntities {

    /** What is kept of one entity. */
    static final class Recent {
        final String id;

        /** The entity's number in the index. */
        final int entity;

        @Nullable KnownTimeline timeline;

        /** The relations of the last version told of, and the number of their set. */
        @Nullable List<Relation> relations;

        int relationSet;
        private int weight;

        Recent(String id, int entity) {
            this.id = id;
            this.entity = entity;
        }
    }

    private static final int OVERHEAD = 250;

    private final Map<String, Recent> byStream = new LinkedHashMap<>(1024, 0.75f, true);
    private final long mostBytes;
    private long bytes;

    /**
     * @param mostBytes about how much heap may be taken
     */
    RecentEntities(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    @Nullable Recent get(String stream) {
        return byStream.get(stream);
    }

    void add(String stream, Recent recent) {
        byStream.put(stream, recent);
    }

    /** Takes account of a timeline that was brought forward; drops the least recent ones. */
    void settle(Recent recent) {
        int weight = OVERHEAD + (recent.timeline == null ? 0 : recent.timeline.weight());
        bytes += weight - recent.weight;
        recent.weight = weight;
        if (bytes > mostBytes) {
            Iterator<Recent> leastRecent = byStream.values().iterator();
            while (bytes > mostBytes && leastRecent.hasNext()) {
                bytes -= leastRecent.next().weight;
                leastRecent.remove();
            }
        }
    }
}
