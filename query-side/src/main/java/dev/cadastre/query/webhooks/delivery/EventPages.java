package dev.cadastre.query.webhooks.delivery;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.cadastre.eventstore.log.Commit;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.eventstore.log.StoredEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Events of the log from a position on, read once for all who ask for the same, which at the head
 * is nearly everybody. Thread-safe.
 */
final class EventPages {

    private static final int EVENTS = 256;
    private static final long MOST_BYTES = 16L << 20;
    private static final int OVERHEAD = 400;

    private final EventLog log;
    private final Cache<Long, List<StoredEvent>> pages =
            Caffeine.newBuilder()
                    .maximumWeight(MOST_BYTES)
                    .weigher((Long _, List<StoredEvent> page) -> weight(page))
                    .executor(Runnable::run)
                    .build();

    EventPages(EventLog log) {
        this.log = log;
    }

    /**
     * Some events in order, the one at the position first, up to the end of a commit. Empty if the
     * log holds none; a page that was read once does not grow.
     */
    List<StoredEvent> from(long position) {
        List<StoredEvent> page = pages.get(position, this::read);
        return page == null ? List.of() : page;
    }

    private @Nullable List<StoredEvent> read(long position) {
        List<Commit> commits = log.commits(position, EVENTS);
        return commits.isEmpty()
                ? null
                : commits.stream()
                        .flatMap(commit -> commit.events().stream())
                        .filter(event -> event.position() >= position)
                        .toList();
    }

    private static int weight(List<StoredEvent> page) {
        return page.stream()
                .mapToInt(
                        event ->
                                OVERHEAD
                                        + event.envelopeBytes().length
                                        + event.payload().length
                                        + event.metadata().length)
                .sum();
    }
}
