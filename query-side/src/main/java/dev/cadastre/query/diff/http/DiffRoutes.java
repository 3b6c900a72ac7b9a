package dev.cadastre.query.diff.http;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import dev.cadastre.http.json.HttpJson;
import dev.cadastre.http.problem.ProblemException;
import dev.cadastre.http.problem.ProblemType;
import dev.cadastre.query.diff.model.EntityDifference;
import dev.cadastre.query.diff.model.EstateDiff;
import dev.cadastre.query.diff.model.Scope;
import dev.cadastre.query.register.kinds.RegisterKind;
import dev.cadastre.query.shared.difference.JsonPatch;
import dev.cadastre.query.shared.http.Answer;
import dev.cadastre.query.shared.http.ListFormat;
import dev.cadastre.query.shared.http.Query;
import dev.cadastre.query.shared.http.QueryHttp;
import dev.cadastre.query.shared.http.RowPage;
import dev.cadastre.query.shared.http.RowStream;
import dev.cadastre.query.shared.http.RowWindow;
import dev.cadastre.query.shared.snapshots.TakenSnapshots;
import dev.cadastre.query.shared.time.CoordinateResolver.Knowledge;
import dev.cadastre.query.shared.time.Coordinates;
import java.util.HashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;
import tools.jackson.databind.node.ObjectNode;

/** {@code GET diff} of a scope, and {@code GET {id}/diff} of one thing. */
public final class DiffRoutes {

    /** The parameter that asks for a JSON Patch of each thing as well. */
    static final String PATCH = "patch";

    /** One thing's difference as nothing but its patch (RFC 6902 section 6). */
    private static final MediaType JSON_PATCH = new MediaType("application", "json-patch+json");

    private final QueryHttp http;
    private final EstateDiff diff;
    private final TakenSnapshots snapshots;

    private DiffRoutes(QueryHttp http, EstateDiff diff, TakenSnapshots snapshots) {
        this.http = http;
        this.diff = diff;
        this.snapshots = snapshots;
    }

    /** The route of the estate's diff at {@code path}, for example {@code /api/v1/diff}. */
    public static RouterFunction<ServerResponse> ofEstate(
            String path, QueryHttp http, EstateDiff diff, TakenSnapshots snapshots) {
        DiffRoutes routes = new DiffRoutes(http, diff, snapshots);
        Set<String> known = new HashSet<>(DiffEnds.PARAMETERS);
        known.addAll(RowWindow.PARAMETERS);
        known.addAll(DiffScope.parameters());
        known.add(PATCH);
        return route().GET(path, request -> http.answerOverTime(request, known, routes::estate))
                .build();
    }

    /** The route of one thing's diff below {@code path}, for example {@code /api/v1/cis}. */
    public static RouterFunction<ServerResponse> ofThing(
            String path,
            RegisterKind kind,
            QueryHttp http,
            EstateDiff diff,
            TakenSnapshots snapshots) {
        DiffRoutes routes = new DiffRoutes(http, diff, snapshots);
        Set<String> known = new HashSet<>(DiffEnds.PARAMETERS);
        known.add(PATCH);
        return route().GET(
                        path + "/{id}/diff",
                        request ->
                                http.answerOverTime(
                                        request, known, query -> routes.thing(query, kind)))
                .build();
    }

    private Answer estate(Query query) {
        ListFormat format = ListFormat.of(query.request());
        Scope scope = DiffScope.of(query.parameters(), snapshots);
        boolean patch = query.parameters().truth(PATCH, false);
        DiffEnds asked = DiffEnds.of(query, http.resolver(), snapshots, null);
        RowWindow window =
                RowWindow.of(
                        query,
                        http.resolver(),
                        List.of(asked.from(), asked.to()),
                        asked.areFixed(query.parameters()));
        DiffEnds ends = asked.at(window);
        String tag = ends.tag(query, http);
        if (query.isKnown(tag)) {
            return new Answer.Known(ends.answer(), tag, null);
        }
        if (format != ListFormat.PAGE) {
            return RowStream.of(
                            query,
                            ends.answer(),
                            format,
                            DiffJson.COLUMNS,
                            diff.differences(scope, index(ends.from()), index(ends.to()))
                                    .map(difference -> DiffJson.of(difference, patch))
                                    .iterator())
                    .tagged(tag);
        }
        EstateDiff.Part part =
                diff.part(
                        scope,
                        index(ends.from()),
                        index(ends.to()),
                        window.isContinued() ? Math.toIntExact(window.offset()) : 0,
                        window.isContinued() ? 0 : window.offset(),
                        window.limit());
        List<ObjectNode> shown =
                part.items().stream().map(difference -> DiffJson.of(difference, patch)).toList();
        ObjectNode page =
                RowPage.of(
                        shown, part.next() == EstateDiff.END ? null : window.cursor(part.next()));
        page.put("totalAtMost", part.atMost());
        page.set("coordinates", DiffJson.coordinates(ends));
        return Answer.json(ends.answer(), HttpJson.mapper().writeValueAsBytes(page)).tagged(tag);
    }

    private Answer thing(Query query, RegisterKind kind) {
        String id = query.request().pathVariable("id");
        DiffEnds ends =
                DiffEnds.of(
                        query,
                        http.resolver(),
                        snapshots,
                        (parameter, version, knowledge) ->
                                beginning(kind, id, parameter, version, knowledge));
        String tag = ends.tag(query, http);
        if (query.isKnown(tag)) {
            return new Answer.Known(ends.answer(), tag, null);
        }
        EntityDifference difference;
        try {
            difference = diff.difference(kind.word(), id, index(ends.from()), index(ends.to()));
        } catch (NoSuchElementException e) {
            throw new ProblemException(
                            ProblemType.NOT_FOUND,
                            "Nothing was ever recorded of this "
                                    + kind.word()
                                    + ". Is the id right, and percent-encoded?",
                            e)
                    .with("id", id);
        }
        if (query.request().headers().accept().stream()
                .anyMatch(JSON_PATCH::equalsTypeAndSubtype)) {
            return new Answer.Whole(
                    ends.answer(),
                    JSON_PATCH,
                    HttpJson.mapper()
                            .writeValueAsBytes(
                                    JsonPatch.between(difference.before(), difference.after())),
                    tag);
        }
        ObjectNode json = DiffJson.of(difference, query.parameters().truth(PATCH, false));
        json.set("coordinates", DiffJson.coordinates(ends));
        return Answer.json(ends.answer(), HttpJson.mapper().writeValueAsBytes(json)).tagged(tag);
    }

    private Coordinates beginning(
            RegisterKind kind, String id, String parameter, int version, Knowledge knowledge) {
        try {
            dev.cadastre.query.temporal.Coordinates began =
                    diff.coordinates(kind.word(), id, version);
            if (began.knownAt() <= knowledge.position()) {
                return new Coordinates(
                        began.asOf(),
                        http.resolver().view().recordedAt(began.knownAt()),
                        began.knownAt(),
                        began.knownAt() < http.resolver().view().horizon().position(),
                        false);
            }
        } catch (NoSuchElementException e) {
            // Told below, as for a version that was not known yet.
        }
        throw new ProblemException(
                        ProblemType.NOT_FOUND,
                        parameter
                                + ": there is no version "
                                + version
                                + " of this "
                                + kind.word()
                                + ".")
                .of(parameter)
                .with("id", id);
    }

    private static dev.cadastre.query.temporal.Coordinates index(Coordinates at) {
        return new dev.cadastre.query.temporal.Coordinates(
                at.asOf(), Math.toIntExact(at.position()));
    }
}
