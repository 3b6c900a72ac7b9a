package dev.cadastre.query.counts.http;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import dev.cadastre.http.json.HttpJson;
import dev.cadastre.http.time.InstantText;
import dev.cadastre.query.counts.model.Buckets;
import dev.cadastre.query.counts.model.Counting;
import dev.cadastre.query.register.kinds.KindParameter;
import dev.cadastre.query.register.kinds.RegisterKind;
import dev.cadastre.query.shared.http.Answer;
import dev.cadastre.query.shared.http.ListFormat;
import dev.cadastre.query.shared.http.Query;
import dev.cadastre.query.shared.http.QueryHttp;
import dev.cadastre.query.shared.http.RowStream;
import dev.cadastre.query.shared.list.FacetParameters;
import dev.cadastre.query.shared.list.Parameters;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code GET histogram}: how much changed when, by effective time. */
public final class HistogramRoutes {

    private static final String BUCKETS = "buckets";
    private static final int DEFAULT_BUCKETS = 50;
    private static final List<String> COLUMNS = List.of("from", "to", "changes");

    private final QueryHttp http;
    private final Counting counting;

    private HistogramRoutes(QueryHttp http, Counting counting) {
        this.http = http;
        this.counting = counting;
    }

    /** The route at {@code path}, for example {@code /api/v1/histogram}. */
    public static RouterFunction<ServerResponse> of(
            String path, QueryHttp http, Counting counting) {
        HistogramRoutes routes = new HistogramRoutes(http, counting);
        Set<String> known = new HashSet<>(KindParameter.facets());
        known.addAll(
                List.of(
                        KindParameter.NAME,
                        SeriesParameters.FROM,
                        SeriesParameters.TO,
                        BUCKETS,
                        RowStream.RAW));
        return route().GET(
                        path,
                        request ->
                                http.answer(
                                        request, known, SeriesParameters::basis, routes::histogram))
                .build();
    }

    private Answer histogram(Query query) {
        ListFormat format = ListFormat.of(query.request());
        Map<String, Set<@Nullable String>> facets =
                FacetParameters.of(query.parameters(), KindParameter.facets());
        List<String> kinds =
                KindParameter.having(query.parameters(), facets.keySet()).stream()
                        .map(RegisterKind::word)
                        .toList();
        Buckets buckets = buckets(query);
        long[] changes =
                counting.changes(
                        kinds, facets, buckets, Math.toIntExact(query.coordinates().position()));
        List<ObjectNode> rows =
                IntStream.range(0, changes.length)
                        .mapToObj(bucket -> row(buckets, bucket, changes[bucket]))
                        .toList();
        if (format != ListFormat.PAGE) {
            return RowStream.of(query, query.coordinates(), format, COLUMNS, rows.iterator());
        }
        ObjectNode json = HttpJson.mapper().createObjectNode();
        ArrayNode items = json.putArray("items");
        rows.forEach(items::add);
        json.put("total", LongStream.of(changes).sum());
        return Answer.json(query.coordinates(), HttpJson.mapper().writeValueAsBytes(json));
    }

    private Buckets buckets(Query query) {
        long from = SeriesParameters.from(query, http.resolver());
        long to = SeriesParameters.to(query, http.resolver(), from);
        int number =
                (int) query.parameters().number(BUCKETS, 1, Buckets.MOST_BUCKETS, DEFAULT_BUCKETS);
        try {
            return new Buckets(from, to, number);
        } catch (IllegalArgumentException e) {
            throw Parameters.refused(BUCKETS, e.getMessage());
        }
    }

    private static ObjectNode row(Buckets buckets, int bucket, long changes) {
        ObjectNode row = HttpJson.mapper().createObjectNode();
        row.put("from", InstantText.format(buckets.start(bucket)));
        row.put("to", InstantText.format(buckets.end(bucket)));
        return row.put("changes", changes);
    }
}
