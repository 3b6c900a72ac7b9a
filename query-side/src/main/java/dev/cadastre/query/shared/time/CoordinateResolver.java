package dev.cadastre.query.shared.time;

import dev.cadastre.events.Microseconds;
import dev.cadastre.http.problem.ProblemException;
import dev.cadastre.http.problem.ProblemType;
import dev.cadastre.http.time.DayEdge;
import dev.cadastre.http.time.InstantText;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** Turns what a caller wrote into coordinates, by the rules of the contract. Thread-safe. */
public final class CoordinateResolver {

    public static final String AS_OF = "asOf";
    public static final String KNOWN_AT = "knownAt";
    public static final String ACCEPT_DATETIME = "Accept-Datetime";
    public static final String MIN_LOG_POSITION = "Min-Log-Position";

    private static final String POSITION_PREFIX = "position:";

    /** Knowledge: what was recorded by an instant, or up to a position. */
    public record Knowledge(long knownAt, long position, boolean isFinal) {}

    private final LogView view;
    private final Clock clock;
    private final ZoneId zone;
    private final Duration longestWait;

    /**
     * @param zone in which a bare date is a day
     * @param longestWait how long a request may wait for a position
     */
    public CoordinateResolver(LogView view, Clock clock, ZoneId zone, Duration longestWait) {
        this.view = view;
        this.clock = clock;
        this.zone = zone;
        this.longestWait = longestWait;
    }

    public ZoneId zone() {
        return zone;
    }

    public LogView view() {
        return view;
    }

    /**
     * The coordinates of an answer. Waits, within bounds, until the view holds the position asked
     * for.
     *
     * @throws ProblemException if a value is not allowed or the wait takes too long
     */
    public Coordinates resolve(CoordinateRequest request) {
        awaitPosition(request.minLogPosition());
        if (request.acceptDatetime() != null) {
            return memento(request, request.acceptDatetime());
        }
        Knowledge knowledge = knowledge(KNOWN_AT, request.knownAt());
        long asOf;
        if (request.asOf() != null) {
            asOf = instant(AS_OF, request.asOf(), DayEdge.LAST);
        } else if (request.knownAt() != null) {
            asOf = knowledge.knownAt();
        } else {
            asOf = Math.max(now(), knowledge.knownAt());
        }
        return new Coordinates(
                asOf,
                knowledge.knownAt(),
                knowledge.position(),
                knowledge.isFinal(),
                isMemento(request, asOf, knowledge));
    }

    /** Whether both parameters of a memento's address are there, and speak of one instant. */
    private boolean isMemento(CoordinateRequest request, long asOf, Knowledge knowledge) {
        return request.asOf() != null
                && isPosition(request.knownAt())
                && knowledge.isFinal()
                && view.lastPositionRecordedBy(asOf) == knowledge.position();
    }

    /** Whether a known-at is a position, which means the same for ever. */
    public static boolean isPosition(@Nullable String knownAt) {
        return knownAt != null && knownAt.startsWith(POSITION_PREFIX);
    }

    private Coordinates memento(CoordinateRequest request, String acceptDatetime) {
        if (request.asOf() != null || request.knownAt() != null) {
            throw new ProblemException(
                            ProblemType.INVALID,
                            "Accept-Datetime sets both time axes. Send either it, or asOf and"
                                    + " knownAt.")
                    .of(ACCEPT_DATETIME);
        }
        long instant = InstantText.httpDate(ACCEPT_DATETIME, acceptDatetime) + 999_999;
        Knowledge knowledge = recordedBy(instant);
        return new Coordinates(instant, instant, knowledge.position(), knowledge.isFinal(), true);
    }

    /** An instant of a parameter or header; a bare date means that edge of the day. */
    public long instant(String parameter, String text, DayEdge edge) {
        return InstantText.parameter(parameter, text, edge, zone);
    }

    /**
     * The knowledge that a parameter names: an instant, {@code position:N}, or, if absent, all that
     * the view holds.
     */
    public Knowledge knowledge(String parameter, @Nullable String text) {
        if (text == null) {
            Horizon horizon = view.horizon();
            return new Knowledge(
                    horizon.position() < 0 ? now() : horizon.recordedAt(),
                    horizon.position(),
                    false);
        }
        if (text.startsWith(POSITION_PREFIX)) {
            return upTo(parameter, position(parameter, text.substring(POSITION_PREFIX.length())));
        }
        return recordedBy(instant(parameter, text, DayEdge.LAST));
    }

    private Knowledge recordedBy(long instant) {
        // The horizon is read first: it may move on meanwhile, and then is only more final.
        Horizon horizon = view.horizon();
        boolean isFinal = horizon.position() >= 0 && horizon.recordedAt() > instant;
        return new Knowledge(instant, view.lastPositionRecordedBy(instant), isFinal);
    }

    private Knowledge upTo(String parameter, long position) {
        if (position < 0) {
            return new Knowledge(
                    view.beginsAt() == Long.MAX_VALUE ? now() : view.beginsAt() - 1,
                    -1,
                    view.horizon().position() >= 0);
        }
        awaitHeld(parameter, position);
        Horizon horizon = view.horizon();
        long end = view.endOfChangeSet(position);
        return new Knowledge(view.recordedAt(end), end, end < horizon.position());
    }

    private void awaitPosition(@Nullable String text) {
        if (text != null) {
            awaitHeld(MIN_LOG_POSITION, position(MIN_LOG_POSITION, text.strip()));
        }
    }

    private static long position(String parameter, String text) {
        try {
            long position = Long.parseLong(text);
            if (position >= -1) {
                return position;
            }
        } catch (NumberFormatException notANumber) {
            // Told below, as for a number out of bounds.
        }
        throw new ProblemException(
                        ProblemType.INVALID,
                        parameter + ": a position is a whole number from -1, not \"" + text + "\".")
                .of(parameter);
    }

    /**
     * Waits, within bounds, until the view holds a position.
     *
     * @param parameter that named it
     * @throws ProblemException if it lies behind the end of the log, or the wait takes too long
     */
    public void awaitHeld(String parameter, long position) {
        if (view.horizon().position() >= position) {
            return;
        }
        long last = view.lastPositionOfLog();
        if (position > last) {
            throw new ProblemException(
                            ProblemType.INVALID,
                            parameter
                                    + ": position "
                                    + position
                                    + " lies behind the end of the log, whose last position is "
                                    + last
                                    + ".")
                    .of(parameter)
                    .with("lastPosition", last);
        }
        try {
            if (view.await(position, longestWait)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new ProblemException(
                        ProblemType.UNAVAILABLE,
                        "The view holds positions up to "
                                + view.horizon().position()
                                + " and has not reached "
                                + position
                                + " in time. Ask again.")
                .with("position", view.horizon().position())
                .retryAfter(Duration.ofSeconds(1));
    }

    private long now() {
        return Microseconds.ofClock(clock.instant());
    }
}
