package dev.cadastre.command.shared;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.cadastre.events.StreamId;
import dev.cadastre.events.json.EventJson;
import dev.cadastre.eventstore.log.Envelope;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.eventstore.log.StoredEvent;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The timelines of all entities: from a bounded cache, else from the log. What change sets that are
 * queued and not yet durable have added is kept until they are, so that later ones can build on it.
 */
public final class Timelines {

    private static final long BYTES_A_FACT = 512;

    /**
     * Timelines of this many facts are kept: about a quarter of the heap, since a command on an
     * entity that is not kept reads its whole stream from the log.
     */
    public static final long CACHED_FACTS =
            Math.max(100_000, Runtime.getRuntime().maxMemory() / 4 / BYTES_A_FACT);

    /**
     * A timeline as it was found.
     *
     * @param queued whether some of its facts may not be durable
     */
    record Look(Timeline<?> timeline, boolean queued) {}

    /**
     * A timeline with facts that are not durable yet.
     *
     * @param changeSets how many of them are under way
     * @param refused whether the log refused one of them
     */
    private record Queued(Timeline<?> timeline, int changeSets, boolean refused) {}

    private final EventLog log;
    private final Map<String, Fold<?>> folds = new HashMap<>();
    private final Cache<String, Timeline<?>> cache;
    private final ConcurrentHashMap<String, Queued> queued = new ConcurrentHashMap<>();

    public Timelines(EventLog log, Collection<? extends Fold<?>> folds) {
        this(log, folds, CACHED_FACTS);
    }

    public Timelines(EventLog log, Collection<? extends Fold<?>> folds, long cachedFacts) {
        this.log = log;
        folds.forEach(fold -> this.folds.put(fold.kind(), fold));
        this.cache =
                Caffeine.newBuilder()
                        .maximumWeight(cachedFacts)
                        .weigher(
                                (String stream, Timeline<?> timeline) ->
                                        1 + (int) timeline.nextSequenceNumber())
                        .build();
    }

    /** The timeline of a stream, by the text form of its id. */
    public Timeline<?> of(String stream) {
        return look(stream).timeline();
    }

    Look look(String stream) {
        Queued pending = queued.isEmpty() ? null : queued.get(stream);
        if (pending != null) {
            return new Look(pending.timeline(), true);
        }
        Timeline<?> timeline = cache.getIfPresent(stream);
        if (timeline == null) {
            timeline = read(stream, fold(stream));
            keep(stream, timeline);
        }
        return new Look(timeline, false);
    }

    private Fold<?> fold(String stream) {
        Fold<?> fold = folds.get(StreamId.parse(stream).kind());
        if (fold == null) {
            throw new IllegalStateException("Nobody folds streams such as " + stream);
        }
        return fold;
    }

    private <S extends EntityState> Timeline<S> read(String stream, Fold<S> fold) {
        Timeline<S> timeline = Timeline.empty(fold);
        List<StoredEvent> events = log.stream(stream, 0);
        for (StoredEvent stored : events) {
            Envelope envelope = stored.envelope();
            timeline =
                    timeline.append(
                            EventJson.read(envelope.type(), envelope.revision(), stored.payload()),
                            envelope.effectiveAt());
        }
        return timeline;
    }

    /** Takes what is durable now. */
    void keep(String stream, Timeline<?> timeline) {
        cache.asMap().merge(stream, timeline, Timelines::longer);
    }

    /** Takes what was handed to the log's writer. */
    void queue(Map<String, Timeline<?>> changed, CompletableFuture<?> outcome) {
        changed.forEach(
                (stream, timeline) ->
                        queued.merge(
                                stream,
                                new Queued(timeline, 1, false),
                                (old, added) ->
                                        new Queued(
                                                added.timeline(),
                                                old.changeSets() + 1,
                                                old.refused())));
        outcome.whenComplete(
                (_, failure) -> {
                    for (String stream : changed.keySet()) {
                        queued.computeIfPresent(stream, (_, now) -> settle(stream, now, failure));
                    }
                });
    }

    private @Nullable Queued settle(String stream, Queued now, @Nullable Throwable failure) {
        boolean refused = now.refused() || failure != null;
        if (now.changeSets() > 1) {
            return new Queued(now.timeline(), now.changeSets() - 1, refused);
        }
        // One that was refused takes with it those that built on it.
        if (refused) {
            cache.invalidate(stream);
        } else {
            keep(stream, now.timeline());
        }
        return null;
    }

    /** Has the streams read from the log again. */
    void forget(Collection<String> streams) {
        streams.forEach(cache::invalidate);
    }

    private static Timeline<?> longer(Timeline<?> one, Timeline<?> other) {
        return other.nextSequenceNumber() >= one.nextSequenceNumber() ? other : one;
    }
}
