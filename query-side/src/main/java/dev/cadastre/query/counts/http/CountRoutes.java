package dev.cadastre.query.counts.http;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import dev.cadastre.http.json.HttpJson;
import dev.cadastre.query.counts.model.Counting;
import dev.cadastre.query.counts.model.Tally;
import dev.cadastre.query.register.kinds.KindParameter;
import dev.cadastre.query.register.kinds.RegisterKind;
import dev.cadastre.query.shared.http.Answer;
import dev.cadastre.query.shared.http.Basis;
import dev.cadastre.query.shared.http.ListFormat;
import dev.cadastre.query.shared.http.Query;
import dev.cadastre.query.shared.http.QueryHttp;
import dev.cadastre.query.shared.http.RowStream;
import dev.cadastre.query.shared.list.FacetParameters;
import dev.cadastre.query.shared.list.Parameters;
import dev.cadastre.query.shared.time.Coordinates;
import dev.cadastre.query.temporal.Filter;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;
import tools.jackson.databind.node.ObjectNode;

/** {@code GET counts}: how many, by facets, at one instant or as a series. */
public final class CountRoutes {

    static final String BY = "by";

    private final QueryHttp http;
    private final Counting counting;

    private CountRoutes(QueryHttp http, Counting counting) {
        this.http = http;
        this.counting = counting;
    }

    /** The route at {@code path}, for example {@code /api/v1/counts}. */
    public static RouterFunction<ServerResponse> of(
            String path, QueryHttp http, Counting counting) {
        CountRoutes routes = new CountRoutes(http, counting);
        Set<String> known = new HashSet<>(KindParameter.facets());
        known.addAll(SeriesParameters.NAMES);
        known.addAll(List.of(KindParameter.NAME, BY, RowStream.RAW));
        return route().GET(
                        path,
                        request -> http.answer(request, known, CountRoutes::basis, routes::counts))
                .build();
    }

    private static Basis basis(Parameters parameters) {
        return SeriesParameters.areGiven(parameters)
                ? SeriesParameters.basis(parameters)
                : Basis.STATE;
    }

    private Answer counts(Query query) {
        Parameters parameters = query.parameters();
        ListFormat format = ListFormat.of(query.request());
        RegisterKind kind = KindParameter.one(parameters);
        KindParameter.refuseFacetsOfOthers(parameters, List.of(kind));
        List<String> by = by(parameters, kind);
        Filter filter = filter(parameters, kind);
        ZoneId zone = http.resolver().zone();
        return SeriesParameters.areGiven(parameters)
                ? series(query, format, kind, by, filter, zone)
                : tally(query, format, kind, by, filter);
    }

    private Answer tally(
            Query query, ListFormat format, RegisterKind kind, List<String> by, Filter filter) {
        Coordinates at = query.coordinates();
        Tally tally =
                counting.tally(
                        kind.word(),
                        filter,
                        by,
                        new dev.cadastre.query.temporal.Coordinates(
                                at.asOf(), Math.toIntExact(at.position())));
        if (format != ListFormat.PAGE) {
            return RowStream.of(
                    query,
                    at,
                    format,
                    CountJson.columns(by, false),
                    CountJson.rows(by, tally).iterator());
        }
        ObjectNode json = CountJson.head(kind.word(), by);
        CountJson.addTo(json, by, tally);
        return Answer.json(at, HttpJson.mapper().writeValueAsBytes(json));
    }

    private Answer series(
            Query query,
            ListFormat format,
            RegisterKind kind,
            List<String> by,
            Filter filter,
            ZoneId zone) {
        List<Long> points = SeriesParameters.points(query, http.resolver(), zone);
        Coordinates at = query.coordinates();
        List<Tally> series =
                counting.series(kind.word(), filter, by, points, Math.toIntExact(at.position()));
        if (format != ListFormat.PAGE) {
            return RowStream.of(
                    query,
                    at,
                    format,
                    CountJson.columns(by, true),
                    series.stream().flatMap(tally -> CountJson.datedRows(by, tally)).iterator());
        }
        ObjectNode json = CountJson.head(kind.word(), by);
        var array = json.putArray("points");
        series.forEach(tally -> array.add(CountJson.point(by, tally)));
        return Answer.json(at, HttpJson.mapper().writeValueAsBytes(json));
    }

    static List<String> by(Parameters parameters, RegisterKind kind) {
        List<String> by = parameters.names(BY);
        for (String facet : by) {
            if (!kind.facets().contains(facet)) {
                throw Parameters.refused(
                        BY,
                        "by: a "
                                + kind.word()
                                + " is counted by "
                                + String.join(", ", kind.facets())
                                + ", not by \""
                                + facet
                                + "\".");
            }
        }
        if (by.size() > Counting.MOST_FACETS) {
            throw Parameters.refused(
                    BY, "by: at most " + Counting.MOST_FACETS + " facets can be combined.");
        }
        return by;
    }

    static Filter filter(Parameters parameters, RegisterKind kind) {
        return new Filter(
                FacetParameters.of(parameters, kind.facets()), Filter.Presence.PRESENT, null);
    }
}
