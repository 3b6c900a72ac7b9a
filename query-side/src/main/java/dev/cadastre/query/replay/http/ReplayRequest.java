package dev.cadastre.query.replay.http;

import dev.cadastre.http.time.DayEdge;
import dev.cadastre.http.time.InstantText;
import dev.cadastre.query.register.kinds.KindParameter;
import dev.cadastre.query.register.kinds.RegisterKind;
import dev.cadastre.query.replay.model.Axis;
import dev.cadastre.query.replay.model.ReplayPoint;
import dev.cadastre.query.replay.model.ReplayRange;
import dev.cadastre.query.replay.model.Replays;
import dev.cadastre.query.replay.model.StateScope;
import dev.cadastre.query.shared.list.Cursor;
import dev.cadastre.query.shared.list.FacetParameters;
import dev.cadastre.query.shared.list.Parameters;
import dev.cadastre.query.shared.time.CoordinateRequest;
import dev.cadastre.query.shared.time.CoordinateResolver;
import dev.cadastre.query.shared.time.CoordinateResolver.Knowledge;
import dev.cadastre.query.temporal.Coordinates;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * Which replay is asked for.
 *
 * @param point how far it was told before
 * @param speed changes a second; 0 for as many as the client reads
 * @param digest of everything that decides which messages come
 */
record ReplayRequest(
        ReplayRange range, StateScope scope, ReplayPoint point, long speed, long digest) {

    static final String LAST_EVENT_ID = "Last-Event-ID";
    static final String AFTER = "after";

    private static final String AXIS = "axis";
    private static final String FROM = "from";
    private static final String TO = "to";
    private static final String SPEED = "speed";
    private static final long FASTEST = 100_000;

    private static final Set<String> TIME =
            new TreeSet<>(
                    List.of(
                            AXIS,
                            FROM,
                            TO,
                            CoordinateResolver.AS_OF,
                            CoordinateResolver.KNOWN_AT,
                            KindParameter.NAME));

    private static final Set<String> KNOWN = known();

    private static Set<String> known() {
        Set<String> known = new HashSet<>(KindParameter.facets());
        known.addAll(TIME);
        known.addAll(List.of(AFTER, SPEED));
        return known;
    }

    /** Reads a request; waits, within bounds, for the positions that it names. */
    static ReplayRequest of(ServerRequest request, CoordinateResolver resolver) {
        Parameters parameters = Parameters.of(request.queryParams(), KNOWN);
        var facets = FacetParameters.of(parameters, KindParameter.facets());
        List<RegisterKind> kinds = KindParameter.having(parameters, facets.keySet());
        StateScope scope = new StateScope(kinds, facets);
        long speed = parameters.number(SPEED, 0, FASTEST, 0);
        Axis axis = axis(parameters);
        long digest = digest(parameters);
        ReplayId seen = seen(request, parameters, digest, resolver);
        if (seen != null) {
            return new ReplayRequest(seen.range(), scope, seen.point(), speed, digest);
        }
        ReplayRange range = range(request, parameters, axis, resolver);
        return new ReplayRequest(range, scope, Replays.begin(range), speed, digest);
    }

    private static Axis axis(Parameters parameters) {
        Axis axis =
                switch (parameters.one(AXIS)) {
                    case null -> Axis.EFFECTIVE;
                    case "effective" -> Axis.EFFECTIVE;
                    case "recorded" -> Axis.RECORDED;
                    default -> throw Parameters.refused(AXIS, "axis is effective or recorded.");
                };
        String other =
                axis == Axis.EFFECTIVE ? CoordinateResolver.AS_OF : CoordinateResolver.KNOWN_AT;
        if (parameters.one(other) != null) {
            throw Parameters.refused(
                    other,
                    "On the "
                            + axis.name().toLowerCase(Locale.ROOT)
                            + " axis, from and to are "
                            + other
                            + ". What stays fixed is "
                            + (axis == Axis.EFFECTIVE
                                    ? CoordinateResolver.KNOWN_AT
                                    : CoordinateResolver.AS_OF)
                            + ".");
        }
        return axis;
    }

    /** A browser that reconnects repeats its address, so what it saw last counts for more. */
    private static @Nullable ReplayId seen(
            ServerRequest request,
            Parameters parameters,
            long digest,
            CoordinateResolver resolver) {
        String last = request.headers().firstHeader(LAST_EVENT_ID);
        boolean reconnects = last != null && !last.isBlank();
        String name = reconnects ? LAST_EVENT_ID : AFTER;
        String text = reconnects ? last.strip() : parameters.one(AFTER);
        if (text == null) {
            return null;
        }
        ReplayId seen = ReplayId.decode(name, text, digest);
        resolver.awaitHeld(name, seen.range().to().knownAt());
        return seen;
    }

    private static ReplayRange range(
            ServerRequest request, Parameters parameters, Axis axis, CoordinateResolver resolver) {
        var now =
                resolver.resolve(
                        new CoordinateRequest(
                                null,
                                null,
                                null,
                                request.headers()
                                        .firstHeader(CoordinateResolver.MIN_LOG_POSITION)));
        Knowledge all = new Knowledge(now.knownAt(), now.position(), false);
        String from = parameters.required(FROM, "2026-03-01");
        String to = parameters.one(TO);
        Coordinates first;
        Coordinates last;
        if (axis == Axis.EFFECTIVE) {
            String knownAt = parameters.one(CoordinateResolver.KNOWN_AT);
            Knowledge known =
                    knownAt == null
                            ? all
                            : resolver.knowledge(CoordinateResolver.KNOWN_AT, knownAt);
            first = at(resolver.instant(FROM, from, DayEdge.FIRST), known);
            if (to != null) {
                last = at(resolver.instant(TO, to, DayEdge.LAST), known);
            } else {
                last = at(knownAt == null ? now.asOf() : known.knownAt(), known);
            }
        } else {
            Knowledge before = resolver.knowledge(FROM, beginning(from, resolver));
            Knowledge after = to == null ? all : resolver.knowledge(TO, to);
            String asOf = parameters.one(CoordinateResolver.AS_OF);
            if (asOf == null) {
                first = at(before.knownAt(), before);
                last = at(to == null ? now.asOf() : after.knownAt(), after);
            } else {
                long fixed = resolver.instant(CoordinateResolver.AS_OF, asOf, DayEdge.LAST);
                first = at(fixed, before);
                last = at(fixed, after);
            }
        }
        if (first.asOf() > last.asOf() || first.knownAt() > last.knownAt()) {
            throw Parameters.refused(
                    FROM,
                    "from lies after "
                            + (to == null ? "now, and there is no to." : "to.")
                            + " A replay runs forward.");
        }
        return new ReplayRange(axis, first, last);
    }

    /** A bare date as its first instant: what was recorded on the day is replayed. */
    private static String beginning(String text, CoordinateResolver resolver) {
        return text.startsWith("position:")
                ? text
                : InstantText.format(resolver.instant(FROM, text, DayEdge.FIRST));
    }

    private static Coordinates at(long asOf, Knowledge known) {
        return new Coordinates(asOf, Math.toIntExact(known.position()));
    }

    private static long digest(Parameters parameters) {
        StringBuilder canonical = new StringBuilder("replay");
        Set<String> deciding = new TreeSet<>(TIME);
        deciding.addAll(KindParameter.facets());
        for (String name : deciding) {
            for (String value : new TreeSet<>(parameters.all(name))) {
                canonical.append('\n').append(name).append('=').append(value.length());
                canonical.append(':').append(value);
            }
        }
        return Cursor.digest(canonical.toString());
    }
}
