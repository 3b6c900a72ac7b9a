package dev.cadastre.query.counts.http;

import dev.cadastre.http.time.DayEdge;
import dev.cadastre.query.counts.model.Step;
import dev.cadastre.query.shared.http.Basis;
import dev.cadastre.query.shared.http.Query;
import dev.cadastre.query.shared.list.Parameters;
import dev.cadastre.query.shared.time.CoordinateResolver;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The parameters {@code from}, {@code to} and {@code step} of a series. */
final class SeriesParameters {

    static final String FROM = "from";
    static final String TO = "to";
    private static final String STEP = "step";

    static final Set<String> NAMES = Set.of(FROM, TO, STEP);

    private SeriesParameters() {}

    static boolean areGiven(Parameters parameters) {
        return NAMES.stream().anyMatch(name -> !parameters.all(name).isEmpty());
    }

    /** What a series depends on: it goes on while its end is now. */
    static Basis basis(Parameters parameters) {
        return parameters.all(TO).isEmpty() ? Basis.INSTANT : Basis.POSITION;
    }

    /** The instants of the series. */
    static List<Long> points(Query query, CoordinateResolver resolver, ZoneId zone) {
        Parameters parameters = query.parameters();
        long from = from(query, resolver);
        long to = to(query, resolver, from);
        String text = parameters.required(STEP, "P1D");
        try {
            return Step.parse(text).points(from, to, zone);
        } catch (IllegalArgumentException e) {
            throw Parameters.refused(STEP, e.getMessage());
        }
    }

    /** The beginning, which must be given. */
    static long from(Query query, CoordinateResolver resolver) {
        refuseAsOf(query);
        return resolver.instant(
                FROM, query.parameters().required(FROM, "2026-01-01"), DayEdge.FIRST);
    }

    /** The end; now, where nothing is said. */
    static long to(Query query, CoordinateResolver resolver, long from) {
        @Nullable String text = query.parameters().one(TO);
        long to =
                text == null
                        ? query.coordinates().asOf()
                        : resolver.instant(TO, text, DayEdge.LAST);
        if (to < from) {
            throw Parameters.refused(text == null ? FROM : TO, "to does not lie before from.");
        }
        return to;
    }

    private static void refuseAsOf(Query query) {
        if (query.wanted().asOf() != null) {
            throw Parameters.refused(
                    CoordinateResolver.AS_OF, "A series goes from from to to. Leave asOf out.");
        }
        if (query.wanted().acceptDatetime() != null) {
            throw Parameters.refused(
                    CoordinateResolver.ACCEPT_DATETIME,
                    "A series has many instants, Accept-Datetime names one. Send from, to and"
                            + " knownAt.");
        }
    }
}
