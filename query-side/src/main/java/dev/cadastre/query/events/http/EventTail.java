package dev.cadastre.query.events.http;

import dev.cadastre.eventstore.log.Commit;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.eventstore.log.LogException;
import dev.cadastre.eventstore.log.StoredEvent;
import dev.cadastre.query.shared.time.LogView.Registration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest events, read once for all who follow the log at its head. Reads only while somebody
 * follows. Holds some megabytes; who falls behind that reads the log instead. Thread-safe.
 */
public final class EventTail implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventTail.class);

    private static final int ROUND_EVENTS = 1_000;
    private static final int PAGE_BYTES = 64 << 10;
    private static final long KEPT_BYTES = 16L << 20;

    /** Under load, what is recorded within this time is passed on at once: fewer, larger writes. */
    private static final long ROUND_NANOSECONDS = TimeUnit.MILLISECONDS.toNanos(1);

    private static final long NOWHERE = -1;

    private final EventLog log;
    private final Set<Runnable> followers = ConcurrentHashMap.newKeySet();
    private final ConcurrentSkipListMap<Long, EncodedPage> pages = new ConcurrentSkipListMap<>();
    private final Semaphore bell = new Semaphore(0);
    private final EventLog.Registration registration;
    private final Thread thread = new Thread(this::run, "event-tail");
    private volatile long next = NOWHERE;
    private volatile boolean closing;
    private long weight;
    private boolean reachable = true;

    private EventTail(EventLog log) {
        this.log = log;
        this.registration = log.onCommit(bell::release);
    }

    /** Follows a log until closed. */
    public static EventTail of(EventLog log) {
        EventTail tail = new EventTail(log);
        tail.thread.setDaemon(true);
        tail.thread.start();
        return tail;
    }

    /** Has a follower woken, on the tail's thread and therefore briefly, when there are events. */
    Registration follow(Runnable wake) {
        // As an object of its own, for the same follower may come twice.
        Runnable follower = wake::run;
        followers.add(follower);
        bell.release();
        return () -> followers.remove(follower);
    }

    /** The page that holds a position; null if it is no longer, or not yet, held. */
    @Nullable EncodedPage page(long position) {
        Map.Entry<Long, EncodedPage> page = pages.floorEntry(position);
        return page == null || page.getValue().last() < position ? null : page.getValue();
    }

    /** Whether a position is the next that followers will be woken for. */
    boolean awaits(long position) {
        return next == position;
    }

    private void run() {
        try {
            while (!closing) {
                bell.drainPermits();
                if (followers.isEmpty()) {
                    forget();
                    bell.acquire();
                } else if (!round()) {
                    bell.tryAcquire(1, TimeUnit.SECONDS);
                }
            }
        } catch (InterruptedException whenClosing) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean round() {
        long began = System.nanoTime();
        try {
            if (next == NOWHERE) {
                next = log.head().size();
                // What was recorded since they last looked comes in no round.
                wakeAll();
            }
            List<Commit> commits = log.commits(next, ROUND_EVENTS);
            reachable = true;
            if (commits.isEmpty()) {
                return false;
            }
            add(commits);
        } catch (LogException.Unavailable e) {
            if (reachable) {
                LOG.error("The log cannot be read from position {} on; trying again", next, e);
                reachable = false;
            }
            return false;
        }
        wakeAll();
        LockSupport.parkNanos(began + ROUND_NANOSECONDS - System.nanoTime());
        return true;
    }

    private void wakeAll() {
        followers.forEach(Runnable::run);
    }

    private void add(List<Commit> commits) {
        List<StoredEvent> page = new ArrayList<>();
        int bytes = 0;
        for (Commit commit : commits) {
            for (StoredEvent event : commit.events()) {
                page.add(event);
                bytes += EncodedPage.size(event);
                if (bytes > PAGE_BYTES) {
                    keep(new EncodedPage(page, true));
                    page = new ArrayList<>();
                    bytes = 0;
                }
            }
        }
        if (!page.isEmpty()) {
            keep(new EncodedPage(page, true));
        }
        next = commits.getLast().lastPosition() + 1;
    }

    private void keep(EncodedPage page) {
        pages.put(page.first(), page);
        weight += page.weight();
        while (weight > KEPT_BYTES && pages.size() > 1) {
            weight -= pages.pollFirstEntry().getValue().weight();
        }
    }

    private void forget() {
        next = NOWHERE;
        pages.clear();
        weight = 0;
    }

    @Override
    public void close() {
        closing = true;
        registration.close();
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
