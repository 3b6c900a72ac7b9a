package dev.cadastre.query.changes.http;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import dev.cadastre.eventstore.log.StoredEvent;
import dev.cadastre.http.json.HttpJson;
import dev.cadastre.query.changes.model.ChangeEffects;
import dev.cadastre.query.changes.model.ChangePage;
import dev.cadastre.query.changes.model.Changes;
import dev.cadastre.query.changes.model.RecordedChange;
import dev.cadastre.query.shared.http.Answer;
import dev.cadastre.query.shared.http.ListFormat;
import dev.cadastre.query.shared.http.Query;
import dev.cadastre.query.shared.http.QueryHttp;
import dev.cadastre.query.shared.http.RowPage;
import dev.cadastre.query.shared.http.RowStream;
import dev.cadastre.query.shared.http.RowWindow;
import dev.cadastre.query.shared.time.Coordinates;
import java.util.ArrayList;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code GET changes}: change sets, the newest first or from any place on in either direction;
 * {@code GET changes/{id}}: one of them, with the states before and after it.
 */
public final class ChangeRoutes {

    private final String path;
    private final QueryHttp http;
    private final Changes changes;

    private ChangeRoutes(String path, QueryHttp http, Changes changes) {
        this.path = path;
        this.http = http;
        this.changes = changes;
    }

    /** The routes at {@code path}, for example {@code /api/v1/changes}. */
    public static RouterFunction<ServerResponse> of(String path, QueryHttp http, Changes changes) {
        ChangeRoutes routes = new ChangeRoutes(path, http, changes);
        return route().GET(
                        path,
                        request -> http.answerOverTime(request, ChangeRequest.KNOWN, routes::list))
                .GET(
                        path + "/{id}",
                        request -> http.answerOverTime(request, RowWindow.PARAMETERS, routes::one))
                .build();
    }

    private Answer list(Query query) {
        ListFormat format = ListFormat.of(query.request());
        ChangeRequest wanted = ChangeRequest.of(query, http.resolver());
        RowWindow window = RowWindow.of(query, http.resolver(), List.of(wanted.at()));
        Coordinates at = window.coordinates().getFirst();
        String tag = http.tag(query, window.coordinates());
        if (query.isKnown(tag)) {
            return new Answer.Known(at, tag, null);
        }
        if (format != ListFormat.PAGE) {
            return RowStream.of(
                            query,
                            at,
                            format,
                            ChangeJson.COLUMNS,
                            new ChangeRows(changes, wanted, this::row))
                    .tagged(tag);
        }
        ChangePage page =
                changes.page(
                        wanted.selection(),
                        wanted.direction(),
                        window.isContinued() ? window.offset() : wanted.place(),
                        at.position(),
                        window.limit());
        ObjectNode json =
                RowPage.of(
                        page.changes().stream().map(this::row).toList(),
                        page.next() == null ? null : window.cursor(page.next()));
        return Answer.json(at, HttpJson.mapper().writeValueAsBytes(json)).tagged(tag);
    }

    private ObjectNode row(RecordedChange change) {
        ObjectNode row = ChangeJson.of(change);
        row.putObject("links").put("self", ChangeId.path(path, change.lastPosition()));
        return row;
    }

    private Answer one(Query query) {
        ListFormat format = ListFormat.of(query.request());
        List<StoredEvent> changeSet =
                ChangeId.find(query.request().pathVariable("id"), changes, http.resolver());
        RecordedChange change = RecordedChange.of(changeSet);
        boolean isLast = change.lastPosition() >= query.coordinates().position();
        Coordinates at =
                new Coordinates(
                        change.latestEffectiveAt(),
                        change.recordedAt(),
                        change.lastPosition(),
                        !isLast,
                        false);
        String tag = http.tag(query, List.of(at));
        if (query.isKnown(tag)) {
            return new Answer.Known(at, tag, null);
        }
        ChangeEffects effects = changes.effects(changeSet);
        if (format != ListFormat.PAGE) {
            return RowStream.of(
                            query,
                            at,
                            format,
                            ChangeJson.EFFECT_COLUMNS,
                            effects.all().map(ChangeJson::of).iterator())
                    .tagged(tag);
        }
        // What a change set did stays in its place, whatever is recorded later.
        RowWindow window = RowWindow.of(query, http.resolver(), List.of(at), true);
        List<ObjectNode> shown =
                effects.part(window.offset(), window.limit()).stream().map(ChangeJson::of).toList();
        ObjectNode json = row(change);
        List<String> links = new ArrayList<>();
        if (change.firstPosition() > 0) {
            link("prev", change.firstPosition() - 1, json, links);
        }
        if (!isLast) {
            link("next", change.lastPosition() + 1, json, links);
        }
        json.setAll(RowPage.of(shown, window.next(shown.size(), effects.count()), effects.count()));
        return new Answer.Whole(
                at,
                MediaType.APPLICATION_JSON,
                HttpJson.mapper().writeValueAsBytes(json),
                tag,
                null,
                links);
    }

    private void link(String relation, long position, ObjectNode json, List<String> links) {
        String target = ChangeId.path(path, position);
        ((ObjectNode) json.required("links")).put(relation, target);
        links.add("<" + target + ">; rel=\"" + relation + "\"");
    }
}
