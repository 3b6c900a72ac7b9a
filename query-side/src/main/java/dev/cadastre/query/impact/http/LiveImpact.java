package dev.cadastre.query.impact.http;

import dev.cadastre.events.StreamId;
import dev.cadastre.http.json.HttpJson;
import dev.cadastre.query.impact.model.ImpactWalk;
import dev.cadastre.query.impact.model.ImpactedCis;
import dev.cadastre.query.shared.http.Query;
import dev.cadastre.query.shared.live.LiveQuestion;
import dev.cadastre.query.shared.live.LiveResult;
import dev.cadastre.query.shared.live.LiveResult.Row;
import dev.cadastre.query.shared.time.CoordinateResolver;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * The impact of a CI, kept up to date: a row is a node or an edge as the impact reads it, its key
 * {@code node:} and the id, or {@code edge:} and a JSON array of from, type and to.
 */
public final class LiveImpact implements LiveQuestion {

    private static final String ID = "id";

    private final ImpactRoutes routes;

    public LiveImpact(ImpactWalk walk) {
        this.routes = new ImpactRoutes(walk);
    }

    @Override
    public Set<String> parameters() {
        return Set.of(
                ID,
                ImpactRoutes.DIRECTION,
                ImpactRoutes.DEPTH,
                ImpactRoutes.TYPES,
                ImpactRoutes.NODES,
                CoordinateResolver.AS_OF);
    }

    @Override
    public List<String> kinds(Query query) {
        return List.of(StreamId.CI);
    }

    @Override
    public LiveResult ask(Query query, int most) {
        String id = query.parameters().required(ID, "web-1");
        ImpactedCis impact = routes.walk(query, id);
        LiveResult.refuseMoreThan(most, (long) impact.nodes().size() + impact.edges().size());
        List<Row> rows = new ArrayList<>();
        impact.nodes()
                .forEach(
                        node ->
                                rows.add(
                                        Row.of(
                                                "node:" + node.id(),
                                                HttpJson.mapper().<ObjectNode>valueToTree(node))));
        impact.edges()
                .forEach(
                        edge ->
                                rows.add(
                                        Row.of(
                                                "edge:"
                                                        + HttpJson.mapper()
                                                                .writeValueAsString(
                                                                        List.of(
                                                                                edge.from(),
                                                                                edge.type(),
                                                                                edge.to())),
                                                HttpJson.mapper().<ObjectNode>valueToTree(edge))));
        ObjectNode head = routes.head(query, id);
        head.put("total", impact.total());
        head.put("truncated", impact.truncated());
        return LiveResult.of(head, rows);
    }
}
