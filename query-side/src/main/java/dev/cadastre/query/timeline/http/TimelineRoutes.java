package dev.cadastre.query.timeline.http;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.eventstore.log.StoredEvent;
import dev.cadastre.http.json.HttpJson;
import dev.cadastre.http.problem.ProblemException;
import dev.cadastre.http.problem.ProblemType;
import dev.cadastre.query.register.kinds.RegisterKind;
import dev.cadastre.query.shared.facts.StreamFacts;
import dev.cadastre.query.shared.http.Answer;
import dev.cadastre.query.shared.http.ListFormat;
import dev.cadastre.query.shared.http.Query;
import dev.cadastre.query.shared.http.QueryHttp;
import dev.cadastre.query.shared.http.RowPage;
import dev.cadastre.query.shared.http.RowStream;
import dev.cadastre.query.shared.http.RowWindow;
import dev.cadastre.query.shared.list.Parameters;
import dev.cadastre.query.shared.list.SortKey;
import dev.cadastre.query.shared.time.Coordinates;
import dev.cadastre.query.timeline.model.EntityTimeline;
import dev.cadastre.query.timeline.model.Order;
import dev.cadastre.query.timeline.model.TimelineEntry;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;
import tools.jackson.databind.node.ObjectNode;

/** {@code GET {id}/timeline}: every fact of one thing. */
public final class TimelineRoutes {

    private static final String SORT = "sort";
    private static final String RECORDED = "recordedAt";
    private static final String EFFECTIVE = "effectiveAt";

    private final RegisterKind kind;
    private final QueryHttp http;
    private final EventLog log;

    private TimelineRoutes(RegisterKind kind, QueryHttp http, EventLog log) {
        this.kind = kind;
        this.http = http;
        this.log = log;
    }

    /** The routes below {@code path}, for example {@code /api/v1/cis}. */
    public static RouterFunction<ServerResponse> of(
            String path, RegisterKind kind, QueryHttp http, EventLog log) {
        TimelineRoutes routes = new TimelineRoutes(kind, http, log);
        Set<String> known = new HashSet<>(RowWindow.PARAMETERS);
        known.add(SORT);
        return route().GET(
                        path + "/{id}/timeline",
                        request -> routes.http.answer(request, known, routes::timeline))
                .build();
    }

    private Answer timeline(Query query) {
        ListFormat format = ListFormat.of(query.request());
        SortKey sort = sort(query.parameters());
        Order order = sort.field().equals(RECORDED) ? Order.RECORDED : Order.EFFECTIVE;
        RowWindow window = RowWindow.of(query, http.resolver(), List.of(query.coordinates()));
        Coordinates at = window.coordinates().getFirst();
        List<TimelineEntry> entries =
                facts(query)
                        .entries(order, isCut(query) ? at.asOf() : Long.MAX_VALUE, at.position());
        if (sort.descending()) {
            entries = entries.reversed();
        }
        if (format != ListFormat.PAGE) {
            return RowStream.of(
                    query,
                    at,
                    format,
                    TimelineJson.COLUMNS,
                    entries.stream().map(TimelineJson::of).iterator());
        }
        List<ObjectNode> shown =
                entries.stream()
                        .skip(window.offset())
                        .limit(window.limit())
                        .map(TimelineJson::of)
                        .toList();
        ObjectNode page =
                RowPage.of(shown, window.next(shown.size(), entries.size()), entries.size());
        return Answer.json(at, HttpJson.mapper().writeValueAsBytes(page));
    }

    private EntityTimeline facts(Query query) {
        String id = query.request().pathVariable("id");
        List<StoredEvent> stream = log.stream(kind.streamOf(id), 0);
        if (stream.isEmpty()) {
            throw new ProblemException(
                            ProblemType.NOT_FOUND,
                            "Nothing was ever recorded of this "
                                    + kind.word()
                                    + ". Is the id right, and percent-encoded?")
                    .with("id", id);
        }
        return new EntityTimeline(id, StreamFacts.of(stream));
    }

    /** Scheduled facts are part of a timeline, unless an instant was asked for. */
    private static boolean isCut(Query query) {
        return query.wanted().asOf() != null || query.wanted().acceptDatetime() != null;
    }

    private static SortKey sort(Parameters parameters) {
        List<SortKey> keys = SortKey.parse(parameters, List.of(RECORDED, EFFECTIVE));
        if (keys.size() > 1) {
            throw Parameters.refused(SORT, "A timeline is sorted by one of its times.");
        }
        return keys.isEmpty() ? new SortKey(RECORDED, false) : keys.getFirst();
    }
}
