package dev.cadastre.query.diff.http;

import dev.cadastre.http.time.DayEdge;
import dev.cadastre.query.shared.http.Query;
import dev.cadastre.query.shared.http.QueryHttp;
import dev.cadastre.query.shared.http.RowWindow;
import dev.cadastre.query.shared.list.Parameters;
import dev.cadastre.query.shared.snapshots.TakenSnapshots;
import dev.cadastre.query.shared.time.CoordinateResolver;
import dev.cadastre.query.shared.time.CoordinateResolver.Knowledge;
import dev.cadastre.query.shared.time.Coordinates;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The two coordinates of a diff. Each end has the defaults of any query: all that is known, now;
 * with only a known-at given, the valid instant follows it. A snapshot fixes both.
 *
 * @param upToNow whether the later end is now, with all that is known
 */
record DiffEnds(Coordinates from, Coordinates to, boolean upToNow) {

    static final String FROM = "from";
    static final String TO = "to";
    static final String FROM_KNOWN_AT = "fromKnownAt";
    private static final String TO_KNOWN_AT = "toKnownAt";

    /** All parameters that name the ends. */
    static final Set<String> PARAMETERS =
            Set.of(FROM, TO, CoordinateResolver.KNOWN_AT, FROM_KNOWN_AT, TO_KNOWN_AT);

    private static final String VERSION_PREFIX = "version:";

    /** Finds where a version of the one thing compared began. */
    interface Versions {
        Coordinates beginningOf(String parameter, int version, Knowledge knowledge);
    }

    /**
     * @param versions null where no single thing is compared
     */
    static DiffEnds of(
            Query query,
            CoordinateResolver resolver,
            TakenSnapshots snapshots,
            @Nullable Versions versions) {
        if (query.request().headers().firstHeader(CoordinateResolver.ACCEPT_DATETIME) != null) {
            throw Parameters.refused(
                    CoordinateResolver.ACCEPT_DATETIME,
                    "A diff has two instants, Accept-Datetime names one. Send from, to and"
                            + " knownAt.");
        }
        Parameters parameters = query.parameters();
        String both = parameters.one(CoordinateResolver.KNOWN_AT);
        String fromKnownAt = parameters.one(FROM_KNOWN_AT);
        String toKnownAt = parameters.one(TO_KNOWN_AT);
        if (both != null && (fromKnownAt != null || toKnownAt != null)) {
            throw Parameters.refused(
                    CoordinateResolver.KNOWN_AT,
                    "Send either knownAt for both ends, or fromKnownAt and toKnownAt.");
        }
        String from = parameters.one(FROM);
        if (from == null && fromKnownAt == null) {
            throw Parameters.refused(
                    FROM,
                    "from is missing: the instant to compare from, or fromKnownAt for what was"
                            + " known.");
        }
        Resolution resolution = new Resolution(query.coordinates(), resolver, snapshots, versions);
        return new DiffEnds(
                resolution.end(
                        FROM,
                        from,
                        DayEdge.FIRST,
                        fromKnownAt == null ? CoordinateResolver.KNOWN_AT : FROM_KNOWN_AT,
                        fromKnownAt == null ? both : fromKnownAt),
                resolution.end(
                        TO,
                        parameters.one(TO),
                        DayEdge.LAST,
                        toKnownAt == null ? CoordinateResolver.KNOWN_AT : TO_KNOWN_AT,
                        toKnownAt == null ? both : toKnownAt),
                parameters.one(TO) == null && toKnownAt == null && both == null);
    }

    /** The ends of a later page, which stay where those of the first page were. */
    DiffEnds at(RowWindow window) {
        return new DiffEnds(
                window.coordinates().getFirst(),
                window.coordinates().getLast(),
                upToNow && !window.isContinued());
    }

    /** The entity tag of what is answered about these ends. */
    String tag(Query query, QueryHttp http) {
        return upToNow ? http.tagUpToNow(query, from, to) : http.tag(query, List.of(from, to));
    }

    /** The later end, final if both are. */
    Coordinates answer() {
        return new Coordinates(
                to.asOf(), to.knownAt(), to.position(), from.isFinal() && to.isFinal(), false);
    }

    /** Whether both can no longer move. */
    boolean areFixed(Parameters parameters) {
        return isFixed(from, FROM_KNOWN_AT, parameters) && isFixed(to, TO_KNOWN_AT, parameters);
    }

    private static boolean isFixed(Coordinates end, String knownAt, Parameters parameters) {
        return end.isFinal()
                || CoordinateResolver.isPosition(parameters.one(knownAt))
                || CoordinateResolver.isPosition(parameters.one(CoordinateResolver.KNOWN_AT));
    }

    private record Resolution(
            Coordinates now,
            CoordinateResolver resolver,
            TakenSnapshots snapshots,
            @Nullable Versions versions) {

        Coordinates end(
                String parameter,
                @Nullable String text,
                DayEdge edge,
                String knownParameter,
                @Nullable String knownAt) {
            if (SnapshotEnd.isMeant(text)) {
                if (knownAt != null) {
                    throw Parameters.refused(
                            knownParameter,
                            knownParameter
                                    + ": a snapshot fixes what was known. Name the knowledge of"
                                    + " the other end alone, with fromKnownAt or toKnownAt.");
                }
                return SnapshotEnd.coordinates(parameter, text, snapshots, resolver);
            }
            Knowledge knowledge =
                    knownAt == null
                            ? new Knowledge(now.knownAt(), now.position(), false)
                            : resolver.knowledge(knownParameter, knownAt);
            if (text != null && text.startsWith(VERSION_PREFIX)) {
                return version(parameter, text, knowledge);
            }
            long asOf = knownAt == null ? now.asOf() : knowledge.knownAt();
            if (text != null) {
                asOf = resolver.instant(parameter, text, edge);
            }
            return new Coordinates(
                    asOf, knowledge.knownAt(), knowledge.position(), knowledge.isFinal(), false);
        }

        private Coordinates version(String parameter, String text, Knowledge knowledge) {
            if (versions == null) {
                throw Parameters.refused(
                        parameter,
                        parameter
                                + ": a version is one of one thing. Ask /api/v1/cis/{id}/diff or"
                                + " /api/v1/assets/{id}/diff.");
            }
            try {
                int number = Integer.parseInt(text.substring(VERSION_PREFIX.length()));
                if (number >= 0) {
                    return versions.beginningOf(parameter, number, knowledge);
                }
            } catch (NumberFormatException notANumber) {
                // Told below, as for a negative number.
            }
            throw Parameters.refused(
                    parameter, parameter + ": write a version as version:3, from 0.");
        }
    }
}
