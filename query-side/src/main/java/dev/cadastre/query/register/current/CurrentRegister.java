package dev.cadastre.query.register.current;

import dev.cadastre.events.Microseconds;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.eventstore.log.LogException;
import dev.cadastre.eventstore.log.LogHead;
import dev.cadastre.query.register.bodies.Bodies;
import dev.cadastre.query.register.projection.CommitsOfLog;
import dev.cadastre.query.register.projection.CommitsOfLog.Agreement;
import dev.cadastre.query.register.projection.ProjectionStatus;
import dev.cadastre.query.register.projection.RegisterProjection;
import dev.cadastre.query.shared.time.LogView;
import dev.cadastre.query.temporal.View;
import dev.cadastre.query.versions.store.CurrentStore;
import dev.cadastre.query.versions.store.CurrentToken;
import dev.cadastre.query.versions.store.TrackingToken;
import dev.cadastre.query.versions.store.VersionStoreException;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the current register up to date after the temporal index, when something was recorded and
 * when a scheduled fact comes true. Where several processes share the store, the one with the claim
 * does so and goes on from wherever the one before it had come.
 *
 * <p>Works in turns on a thread of its own and rests after each, so that a flood of commits is
 * taken in few turns and the queries have the machine.
 */
public final class CurrentRegister implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CurrentRegister.class);

    /** Clocks may be set, and processes die: both are looked at before long. */
    private static final long LOOK_AGAIN_MICROSECONDS = 200_000;

    /** How often a process that does not write looks how far the one that does has come. */
    private static final long LOOK_ON = TimeUnit.SECONDS.toNanos(1);

    /** It works a tenth of the time at most. */
    private static final int REST = 9;

    private static final long FIRST_REST = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long LONGEST_REST = TimeUnit.SECONDS.toNanos(5);

    /** A process this many events behind has better things to do than to take the claim. */
    private static final long FAR_BEHIND = 10_000;

    private final EventLog log;
    private final RegisterProjection projection;
    private final Bodies bodies;
    private final CurrentStore store;
    private final Clock clock;
    private final Semaphore bell = new Semaphore(0);
    private final Thread thread = new Thread(this::run, "register-current");
    private final LogView.Registration advances;
    private final CountDownLatch closing = new CountDownLatch(1);

    /** The token as this process wrote or confirmed it last; null if another one may have since. */
    private volatile @Nullable CurrentToken reached;

    private volatile Standing standing = new Standing(CurrentToken.NOTHING, Keeper.UNKNOWN);

    private long nextBoundary;
    private long lookedOn = System.nanoTime() - LOOK_ON;
    private boolean isUnclear;
    private long unclearSince;

    /** What this process has seen of the store last. */
    private record Standing(CurrentToken token, Keeper keeper) {}

    CurrentRegister(
            EventLog log,
            RegisterProjection projection,
            Bodies bodies,
            CurrentStore store,
            Clock clock) {
        this.log = log;
        this.projection = projection;
        this.bodies = bodies;
        this.store = store;
        this.clock = clock;
        this.advances = projection.onAdvance(bell::release);
    }

    /**
     * Begins with where the store is, as far as the log agrees with it.
     *
     * @param store whoever opened it closes it after this
     */
    public static CurrentRegister start(
            EventLog log,
            RegisterProjection projection,
            Bodies bodies,
            CurrentStore store,
            Clock clock) {
        CurrentRegister register = new CurrentRegister(log, projection, bodies, store, clock);
        register.thread.start();
        return register;
    }

    /** The coordinates that this process has brought the store to; null if it is not the one. */
    public @Nullable CurrentToken reached() {
        return reached;
    }

    /** How far the store is, whoever writes it. Waits for no store. */
    public CurrentStatus status() {
        Standing now = standing;
        return new CurrentStatus(now.token().position(), log.head().size() - 1, now.keeper());
    }

    /**
     * How long ago the first thing was recorded, or came true, that the store does not tell of yet;
     * zero if it tells of all. Waits for no store.
     */
    public Duration age() {
        CurrentToken token = standing.token();
        LogHead head = log.head();
        long since = projection.index().read(view -> Lateness.since(token, head, view));
        long now = now();
        return since < now ? Duration.of(now - since, ChronoUnit.MICROS) : Duration.ZERO;
    }

    private void run() {
        try {
            long failures = 0;
            while (closing.getCount() > 0) {
                bell.drainPermits();
                long began = System.nanoTime();
                try {
                    if (bringUpToDate()) {
                        rest(REST * (System.nanoTime() - began));
                    } else {
                        bell.tryAcquire(microsecondsToWait(), TimeUnit.MICROSECONDS);
                    }
                    if (failures > 0) {
                        LOG.info("The current register can be brought up to date again");
                    }
                    failures = 0;
                } catch (VersionStoreException | LogException.Unavailable e) {
                    saw(standing.token(), Keeper.UNKNOWN);
                    if (failures == 0) {
                        LOG.error("The current register is not up to date; trying again", e);
                    }
                    rest(FIRST_REST << Math.min(failures++, 10));
                }
            }
        } catch (InterruptedException whenClosing) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            saw(standing.token(), Keeper.UNKNOWN);
            LOG.error("The current register is no longer kept up to date", e);
        }
    }

    /** Rests, for a while that has its bounds, unless it is to end. */
    private void rest(long nanoseconds) throws InterruptedException {
        closing.await(Math.min(nanoseconds, LONGEST_REST), TimeUnit.NANOSECONDS);
    }

    private long microsecondsToWait() {
        return reached == null
                ? LOOK_AGAIN_MICROSECONDS
                : Math.clamp(nextBoundary - now(), 0, LOOK_AGAIN_MICROSECONDS);
    }

    private long now() {
        return Microseconds.ofClock(clock.instant());
    }

    /** Takes one turn, if there is something to do and it is for this process to do it. */
    boolean bringUpToDate() {
        ProjectionStatus status = projection.status();
        CurrentToken last = reached;
        if (status.failure() != null
                || last == null && status.lag() > FAR_BEHIND
                || !store.isClaimed()) {
            reached = null;
            lookOn();
            return false;
        }
        if (last != null && last.position() == status.position() && now() < nextBoundary) {
            saw(last, Keeper.THIS);
            return false;
        }
        CurrentToken token = store.token();
        saw(token, Keeper.THIS);
        if (!token.equals(last) && !continues(token)) {
            reached = null;
            return false;
        }
        Turn turn = projection.index().read(view -> Turn.from(token, view, now()));
        nextBoundary = turn.nextBoundary();
        if (turn.to().isAfter(token)) {
            store.write(turn.rows(bodies), turn.to());
            reached = turn.to();
            saw(turn.to(), Keeper.THIS);
            return true;
        }
        // The clock was set back: what has come true stays so until the clock is there again.
        nextBoundary = Math.max(nextBoundary, token.asOf());
        reached = token;
        return false;
    }

    /** Sees how far the store is while it is not for this process to write. */
    private void lookOn() {
        long now = System.nanoTime();
        if (now - lookedOn >= LOOK_ON) {
            lookedOn = now;
            saw(store.token(), store.isClaimedByAnother() ? Keeper.ANOTHER : Keeper.NONE);
        }
    }

    private void saw(CurrentToken token, Keeper keeper) {
        standing = new Standing(token, keeper);
    }

    /**
     * Whether this process can go on from a token that it has not written itself. Begins anew if
     * the log has another history than that.
     */
    private boolean continues(CurrentToken token) {
        TrackingToken own = projection.index().read(CurrentRegister::tokenOf);
        Agreement ofOwn = CommitsOfLog.compare(log, own);
        Agreement ofToken = CommitsOfLog.compare(log, token.read());
        if (ofOwn == Agreement.SAME && ofToken == Agreement.SAME) {
            isUnclear = false;
            return token.position() <= own.position();
        }
        boolean isSure = hasBeenUnclearForLong();
        if (ofOwn == Agreement.OTHER || ofOwn == Agreement.ABSENT && isSure) {
            throw new IllegalStateException(
                    "This process holds another history than the log has now. Start it anew.");
        }
        if (ofToken == Agreement.OTHER || ofToken == Agreement.ABSENT && isSure) {
            LOG.error(
                    "The current register is at position {}, where the log has another history or"
                            + " none. It is rebuilt.",
                    token.position());
            isUnclear = false;
            store.clear();
        }
        return false;
    }

    private static TrackingToken tokenOf(View view) {
        return new TrackingToken(view.position(), view.root());
    }

    private boolean hasBeenUnclearForLong() {
        long now = System.nanoTime();
        if (!isUnclear) {
            isUnclear = true;
            unclearSince = now;
        }
        return now - unclearSince >= store.lead().toNanos();
    }

    /** Ends after the turn that it is taking. */
    @Override
    public void close() {
        closing.countDown();
        advances.close();
        bell.release();
        try {
            if (!thread.join(Duration.ofSeconds(6))) {
                thread.interrupt();
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
