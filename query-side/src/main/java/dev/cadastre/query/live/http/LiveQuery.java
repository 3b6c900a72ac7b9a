package dev.cadastre.query.live.http;

import dev.cadastre.events.Microseconds;
import dev.cadastre.eventstore.log.LogException;
import dev.cadastre.query.live.model.LiveState;
import dev.cadastre.query.shared.http.Query;
import dev.cadastre.query.shared.live.LiveQuestion;
import dev.cadastre.query.shared.live.LiveResult;
import dev.cadastre.query.shared.stream.StreamFormat;
import dev.cadastre.query.shared.time.CoordinateRequest;
import dev.cadastre.query.shared.time.CoordinateResolver;
import dev.cadastre.query.shared.time.Coordinates;
import dev.cadastre.query.temporal.TemporalIndex;
import dev.cadastre.query.versions.store.MissingBody;
import dev.cadastre.query.versions.store.StoreReplaced;
import dev.cadastre.query.versions.store.VersionStoreException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One question whose answer is kept up to date for all who asked it. It is asked again when
 * something was recorded of a kind that matters, or when a scheduled fact comes true; at most once
 * in {@link #PAUSE}. Thread-safe.
 */
final class LiveQuery {

    /** Between two answers, and between two messages to one client. */
    static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(100);

    /** How many rows an answer may have. */
    static final int MOST_ROWS = 10_000;

    /** The clock may be set: it is looked at this often while a scheduled fact is waited for. */
    private static final long LOOK_AT_CLOCK = TimeUnit.SECONDS.toNanos(1);

    private static final long LOOK_AGAIN = TimeUnit.SECONDS.toNanos(1);

    /** How much of an increment is sent at once. */
    private static final int PORTION_BYTES = 48 << 10;

    /** What clients lack, as a message. */
    record Encoded(LiveState.Portion portion, byte[] message) {}

    private record Common(long after, StreamFormat format, Encoded encoded) {}

    private final LiveQuestion question;
    private final Query first;
    private final CoordinateResolver resolver;
    private final TemporalIndex index;
    private final ScheduledExecutorService timer;
    private final Executor readers;
    private final LiveState state = new LiveState();
    private final Set<Runnable> listeners = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean due = new AtomicBoolean();
    private volatile @Nullable Common common;
    private volatile @Nullable RuntimeException failure;
    private volatile long lookedAt = System.nanoTime() - PAUSE;
    private volatile boolean closed;
    private List<String> kinds = List.of();
    private long nextBoundary = Long.MAX_VALUE;
    private @Nullable Future<?> alarm;

    /**
     * @param first the query as one client sent it; all who share it sent the like
     */
    LiveQuery(
            LiveQuestion question,
            Query first,
            CoordinateResolver resolver,
            TemporalIndex index,
            ScheduledExecutorService timer,
            Executor readers) {
        this.question = question;
        this.first = first;
        this.resolver = resolver;
        this.index = index;
        this.timer = timer;
        this.readers = readers;
    }

    LiveState state() {
        return state;
    }

    /** Answers for the first time, if nobody did: what is refused is refused here. */
    synchronized void begin() {
        if (state.at() == null) {
            kinds = question.kinds(first);
            answer(coordinates());
        }
    }

    /** Why the answer is no longer kept up to date; null while it is. */
    @Nullable RuntimeException failure() {
        return failure;
    }

    /** What a client lacks that has everything up to a change; encoded once for all such. */
    Encoded common(long after, StreamFormat format, long question) {
        Common known = common;
        if (known != null
                && known.after() == after
                && known.format() == format
                && known.encoded().portion().upTo() == state.lastChange()) {
            return known.encoded();
        }
        LiveState.Portion portion = state.portion(after, after, PORTION_BYTES);
        Encoded encoded = new Encoded(portion, LiveMessage.of(format, false, portion, question));
        common = new Common(after, format, encoded);
        return encoded;
    }

    /** The rows that a client has that was told everything at coordinates that were now once. */
    Map<String, Object> stampsAt(Coordinates then) {
        Map<String, Object> stamps = new HashMap<>();
        LiveResult result = question.ask(at(then), MOST_ROWS);
        result.rows().forEach(row -> stamps.put(row.key(), row.stamp()));
        return stamps;
    }

    void listen(Runnable wake) {
        listeners.add(wake);
    }

    void leave(Runnable wake) {
        listeners.remove(wake);
    }

    /** Something was recorded, or time has gone by. */
    void lookSoon() {
        if (!closed && due.compareAndSet(false, true)) {
            long wait = Math.max(0, lookedAt + PAUSE - System.nanoTime());
            timer.schedule(() -> readers.execute(this::look), wait, TimeUnit.NANOSECONDS);
        }
    }

    private synchronized void look() {
        due.set(false);
        Coordinates before = state.at();
        if (closed || before == null || failure != null) {
            return;
        }
        lookedAt = System.nanoTime();
        try {
            Coordinates now = coordinates();
            if (mayDiffer(before, now)) {
                answer(now);
            } else {
                state.holdsAt(now);
                setAlarm(now);
            }
        } catch (RuntimeException e) {
            if (willPass(e)) {
                timer.schedule(this::lookSoon, LOOK_AGAIN, TimeUnit.NANOSECONDS);
            } else {
                failure = e;
                wakeAll();
            }
        }
    }

    /** Whether the stores are away, and come back: clients keep what they have until then. */
    private static boolean willPass(RuntimeException failure) {
        return failure instanceof LogException.Unavailable
                || failure instanceof VersionStoreException
                        && !(failure instanceof MissingBody)
                        && !(failure instanceof StoreReplaced);
    }

    private boolean mayDiffer(Coordinates before, Coordinates now) {
        return now.asOf() >= nextBoundary
                || index.read(
                        view ->
                                kinds.stream()
                                        .anyMatch(
                                                kind ->
                                                        view.kind(kind).lastChange()
                                                                > before.position()));
    }

    private void answer(Coordinates now) {
        if (state.apply(question.ask(at(now), MOST_ROWS), now)) {
            wakeAll();
        }
        nextBoundary =
                index.read(
                        view ->
                                kinds.stream()
                                        .mapToLong(
                                                kind ->
                                                        view.kind(kind)
                                                                .nextStart(
                                                                        now.asOf(),
                                                                        Math.toIntExact(
                                                                                now.position())))
                                        .min()
                                        .orElse(Long.MAX_VALUE));
        setAlarm(now);
    }

    private void setAlarm(Coordinates now) {
        if (alarm != null) {
            alarm.cancel(false);
            alarm = null;
        }
        if (first.wanted().asOf() == null && nextBoundary <= Microseconds.LATEST) {
            long wait =
                    Math.min(
                            LOOK_AT_CLOCK,
                            TimeUnit.MICROSECONDS.toNanos(Math.max(0, nextBoundary - now.asOf())));
            alarm = timer.schedule(this::lookSoon, wait, TimeUnit.NANOSECONDS);
        }
    }

    private void wakeAll() {
        listeners.forEach(Runnable::run);
    }

    private Coordinates coordinates() {
        return resolver.resolve(new CoordinateRequest(first.wanted().asOf(), null, null, null));
    }

    private Query at(Coordinates coordinates) {
        return new Query(first.request(), first.parameters(), first.wanted(), coordinates);
    }

    /** Lets it rest; never waits. */
    void close() {
        closed = true;
    }
}
