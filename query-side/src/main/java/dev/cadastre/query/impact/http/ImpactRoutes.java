package dev.cadastre.query.impact.http;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import dev.cadastre.http.json.HttpJson;
import dev.cadastre.http.problem.ProblemException;
import dev.cadastre.http.problem.ProblemType;
import dev.cadastre.http.time.InstantText;
import dev.cadastre.query.impact.model.ImpactWalk;
import dev.cadastre.query.impact.model.ImpactedCis;
import dev.cadastre.query.shared.http.Answer;
import dev.cadastre.query.shared.http.ListFormat;
import dev.cadastre.query.shared.http.Query;
import dev.cadastre.query.shared.http.QueryHttp;
import dev.cadastre.query.shared.http.RowStream;
import dev.cadastre.query.shared.list.Parameters;
import dev.cadastre.query.shared.time.Coordinates;
import dev.cadastre.query.temporal.Impact;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;
import tools.jackson.databind.node.ObjectNode;

/** {@code GET {id}/impact}: what depends on a CI, or what it depends on. */
public final class ImpactRoutes {

    static final String DIRECTION = "direction";
    static final String DEPTH = "depth";
    static final String TYPES = "types";
    static final String NODES = "nodes";
    private static final Set<String> KNOWN = Set.of(DIRECTION, DEPTH, TYPES, NODES, RowStream.RAW);
    private static final List<String> COLUMNS = List.of("id", "class", "distance", "path");
    private static final int DEFAULT_DEPTH = 5;
    private static final int DEFAULT_NODES = 1_000;
    private static final int MOST_NODES = 100_000;

    private final ImpactWalk walk;

    ImpactRoutes(ImpactWalk walk) {
        this.walk = walk;
    }

    /** The route below {@code path}, for example {@code /api/v1/cis}. */
    public static RouterFunction<ServerResponse> of(String path, QueryHttp http, ImpactWalk walk) {
        ImpactRoutes routes = new ImpactRoutes(walk);
        return route().GET(
                        path + "/{id}/impact",
                        request -> http.answer(request, KNOWN, routes::impact))
                .build();
    }

    private Answer impact(Query query) {
        ListFormat format = ListFormat.of(query.request());
        String id = query.request().pathVariable("id");
        Coordinates at = query.coordinates();
        ImpactedCis impact = walk(query, id);
        if (format != ListFormat.PAGE) {
            return RowStream.of(
                    query,
                    at,
                    format,
                    COLUMNS,
                    impact.nodes().stream()
                            .map(node -> HttpJson.mapper().<ObjectNode>valueToTree(node))
                            .iterator());
        }
        ObjectNode json = head(query, id);
        json.setAll(HttpJson.mapper().<ObjectNode>valueToTree(impact));
        return Answer.json(at, HttpJson.mapper().writeValueAsBytes(json));
    }

    /** What a CI's impact is, as a query asks for it. */
    ImpactedCis walk(Query query, String id) {
        Parameters parameters = query.parameters();
        Coordinates at = query.coordinates();
        try {
            return walk.from(
                    id,
                    new dev.cadastre.query.temporal.Coordinates(
                            at.asOf(), Math.toIntExact(at.position())),
                    direction(parameters),
                    depth(parameters),
                    types(parameters),
                    (int) parameters.number(NODES, 1, MOST_NODES, DEFAULT_NODES));
        } catch (NoSuchElementException e) {
            throw absent(id, at, e);
        }
    }

    /** What was asked. */
    ObjectNode head(Query query, String id) {
        ObjectNode json = HttpJson.mapper().createObjectNode();
        json.put("id", id);
        json.put(DIRECTION, direction(query.parameters()).name().toLowerCase(Locale.ROOT));
        json.put(DEPTH, depth(query.parameters()));
        return json;
    }

    private static int depth(Parameters parameters) {
        return (int) parameters.number(DEPTH, 1, ImpactWalk.DEEPEST, DEFAULT_DEPTH);
    }

    private static Impact.Direction direction(Parameters parameters) {
        @Nullable String text = parameters.one(DIRECTION);
        return switch (text) {
            case null -> Impact.Direction.DEPENDENTS;
            case "dependents" -> Impact.Direction.DEPENDENTS;
            case "dependencies" -> Impact.Direction.DEPENDENCIES;
            default ->
                    throw Parameters.refused(DIRECTION, "direction is dependents or dependencies.");
        };
    }

    private List<String> types(Parameters parameters) {
        List<String> types = parameters.names(TYPES);
        for (String type : types) {
            if (!walk.knowsType(type)) {
                throw Parameters.refused(
                        TYPES, "types: there is no relation type \"" + type + "\".");
            }
        }
        return types;
    }

    private static ProblemException absent(
            String id, Coordinates at, NoSuchElementException cause) {
        return new ProblemException(
                        ProblemType.NOT_FOUND,
                        "No CI has this id at "
                                + InstantText.format(at.asOf())
                                + ", as known at "
                                + InstantText.format(at.knownAt())
                                + ".",
                        cause)
                .with("id", id);
    }
}
