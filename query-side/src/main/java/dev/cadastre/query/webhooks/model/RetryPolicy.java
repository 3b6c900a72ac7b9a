package dev.cadastre.query.webhooks.model;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a failed delivery is tried again: after a delay that doubles from attempt to attempt up to a
 * longest one, give or take a fifth, so that endpoints which failed together are not tried
 * together.
 *
 * @param first delay after the first failure
 * @param longest delay; also the most by which an endpoint can put off the next attempt is {@code
 *     giveUpAfter}
 * @param giveUpAfter how long after the first failure nothing is tried any more
 */
public record RetryPolicy(Duration first, Duration longest, Duration giveUpAfter) {

    /** Five seconds, doubling up to an hour, for three days. */
    public static final RetryPolicy DEFAULT =
            new RetryPolicy(Duration.ofSeconds(5), Duration.ofHours(1), Duration.ofDays(3));

    private static final double JITTER = 0.2;
    private static final int MOST_DOUBLINGS = 30;

    /**
     * The next attempt, or null if there is to be none.
     *
     * @param attempts that failed, this one included
     * @param firstAt when the first of them did
     * @param asked how long the endpoint asked to be left alone, or null
     * @param random from 0 up to but not including 1
     */
    public @Nullable Instant next(
            int attempts, Instant firstAt, Instant now, @Nullable Duration asked, double random) {
        Instant end = firstAt.plus(giveUpAfter);
        if (!now.isBefore(end)) {
            return null;
        }
        Duration delay = delay(attempts, random);
        if (asked != null && asked.compareTo(delay) > 0) {
            delay = asked;
        }
        Instant next = now.plus(delay.compareTo(giveUpAfter) < 0 ? delay : giveUpAfter);
        // The last attempt is made when the time is over, not before.
        return next.isBefore(end) ? next : end;
    }

    private Duration delay(int attempts, double random) {
        int doublings = Math.min(attempts - 1, MOST_DOUBLINGS);
        double millis = first.toMillis() * (double) (1L << doublings);
        double bounded = Math.min(millis, longest.toMillis());
        return Duration.ofMillis(Math.round(bounded * (1 - JITTER + 2 * JITTER * random)));
    }
}
