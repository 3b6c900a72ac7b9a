package dev.cadastre.query.timeline.http;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import dev.cadastre.events.StreamId;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.http.json.HttpJson;
import dev.cadastre.http.problem.ProblemException;
import dev.cadastre.http.problem.ProblemType;
import dev.cadastre.query.register.kinds.RegisterKind;
import dev.cadastre.query.shared.http.Answer;
import dev.cadastre.query.shared.http.ListFormat;
import dev.cadastre.query.shared.http.Query;
import dev.cadastre.query.shared.http.QueryHttp;
import dev.cadastre.query.shared.http.RowPage;
import dev.cadastre.query.shared.http.RowStream;
import dev.cadastre.query.shared.http.RowWindow;
import dev.cadastre.query.shared.list.Parameters;
import dev.cadastre.query.shared.list.SortKey;
import dev.cadastre.query.shared.snapshots.TakenSnapshots;
import dev.cadastre.query.shared.time.Coordinates;
import dev.cadastre.query.temporal.TemporalIndex;
import dev.cadastre.query.timeline.model.Custody;
import dev.cadastre.query.timeline.model.EntityHistory;
import dev.cadastre.query.timeline.model.LateFor;
import dev.cadastre.query.timeline.model.Order;
import dev.cadastre.query.timeline.model.TimelineItem;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code GET {id}/timeline}: every fact of one thing; {@code GET {id}/custody}: who had an asset,
 * and where it was.
 */
public final class TimelineRoutes {

    private static final String SORT = "sort";
    private static final String RECORDED = "recordedAt";
    private static final String EFFECTIVE = "effectiveAt";
    private static final String INBOUND = "inbound";
    private static final String BACK_DATED = "backDated";

    private final RegisterKind kind;
    private final QueryHttp http;
    private final EventLog log;
    private final TemporalIndex index;
    private final TakenSnapshots snapshots;

    private TimelineRoutes(
            RegisterKind kind,
            QueryHttp http,
            EventLog log,
            TemporalIndex index,
            TakenSnapshots snapshots) {
        this.kind = kind;
        this.http = http;
        this.log = log;
        this.index = index;
        this.snapshots = snapshots;
    }

    /** The routes below {@code path}, for example {@code /api/v1/cis}. */
    public static RouterFunction<ServerResponse> of(
            String path,
            RegisterKind kind,
            QueryHttp http,
            EventLog log,
            TemporalIndex index,
            TakenSnapshots snapshots) {
        TimelineRoutes routes = new TimelineRoutes(kind, http, log, index, snapshots);
        Set<String> known = new HashSet<>(RowWindow.PARAMETERS);
        known.addAll(List.of(SORT, INBOUND, BACK_DATED));
        RouterFunction<ServerResponse> timeline =
                route().GET(
                                path + "/{id}/timeline",
                                request -> http.answer(request, known, routes::timeline))
                        .build();
        return kind == RegisterKind.ASSET ? timeline.and(routes.custody(path)) : timeline;
    }

    private RouterFunction<ServerResponse> custody(String path) {
        return route().GET(
                        path + "/{id}/custody",
                        request -> http.answer(request, RowWindow.PARAMETERS, this::custody))
                .build();
    }

    private Answer timeline(Query query) {
        SortKey sort = sort(query.parameters());
        Order order = sort.field().equals(RECORDED) ? Order.RECORDED : Order.EFFECTIVE;
        boolean inbound = query.parameters().truth(INBOUND, true);
        boolean onlyBackDated = query.parameters().truth(BACK_DATED, false);
        RowWindow window = window(query);
        Coordinates at = window.coordinates().getFirst();
        EntityHistory history = history(query);
        List<TimelineItem> items = history.items(order, until(query, at), at.position(), inbound);
        if (onlyBackDated) {
            items.removeIf(item -> !item.isBackDated());
        }
        TimelineJson json =
                new TimelineJson(
                        history.facts(), new LateFor(index, snapshots.takenBy(at.position())));
        return rows(
                query,
                window,
                TimelineJson.COLUMNS,
                sort.descending() ? items.reversed() : items,
                json::of);
    }

    private Answer custody(Query query) {
        RowWindow window = window(query);
        Coordinates at = window.coordinates().getFirst();
        return rows(
                query,
                window,
                CustodyJson.COLUMNS,
                Custody.of(history(query).facts(), until(query, at), at.position()),
                CustodyJson::of);
    }

    private static <T> Answer rows(
            Query query,
            RowWindow window,
            List<String> columns,
            List<T> all,
            Function<T, ObjectNode> json) {
        ListFormat format = ListFormat.of(query.request());
        Coordinates at = window.coordinates().getFirst();
        if (format != ListFormat.PAGE) {
            return RowStream.of(query, at, format, columns, all.stream().map(json).iterator());
        }
        List<ObjectNode> shown =
                all.stream().skip(window.offset()).limit(window.limit()).map(json).toList();
        ObjectNode page = RowPage.of(shown, window.next(shown.size(), all.size()), all.size());
        return Answer.json(at, HttpJson.mapper().writeValueAsBytes(page));
    }

    private RowWindow window(Query query) {
        return RowWindow.of(query, http.resolver(), List.of(query.coordinates()));
    }

    private EntityHistory history(Query query) {
        String id = query.request().pathVariable("id");
        EntityHistory history = EntityHistory.of(log, new StreamId(kind.word(), id));
        if (history.isEmpty()) {
            throw new ProblemException(
                            ProblemType.NOT_FOUND,
                            "Nothing was ever recorded of this "
                                    + kind.word()
                                    + ". Is the id right, and percent-encoded?")
                    .with("id", id);
        }
        return history;
    }

    /** Scheduled facts are part of a history, unless an instant was asked for. */
    private static long until(Query query, Coordinates at) {
        return query.wanted().asOf() != null || query.wanted().acceptDatetime() != null
                ? at.asOf()
                : Long.MAX_VALUE;
    }

    private static SortKey sort(Parameters parameters) {
        List<SortKey> keys = SortKey.parse(parameters, List.of(RECORDED, EFFECTIVE));
        if (keys.size() > 1) {
            throw Parameters.refused(SORT, "A timeline is sorted by one of its times.");
        }
        return keys.isEmpty() ? new SortKey(RECORDED, false) : keys.getFirst();
    }
}
