package dev.cadastre.query.counts.http;

import dev.cadastre.http.json.HttpJson;
import dev.cadastre.query.counts.model.Counting;
import dev.cadastre.query.counts.model.Tally;
import dev.cadastre.query.register.kinds.KindParameter;
import dev.cadastre.query.register.kinds.RegisterKind;
import dev.cadastre.query.shared.http.Query;
import dev.cadastre.query.shared.list.Parameters;
import dev.cadastre.query.shared.live.LiveQuestion;
import dev.cadastre.query.shared.live.LiveResult;
import dev.cadastre.query.shared.live.LiveResult.Row;
import dev.cadastre.query.shared.time.CoordinateResolver;
import dev.cadastre.query.temporal.Coordinates;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * Counts that are kept up to date: a row is a count as the counts read it, its key a JSON array of
 * the facets' values.
 */
public final class LiveCounts implements LiveQuestion {

    private final Counting counting;

    public LiveCounts(Counting counting) {
        this.counting = counting;
    }

    @Override
    public Set<String> parameters() {
        Set<String> parameters = new HashSet<>(KindParameter.facets());
        parameters.addAll(List.of(KindParameter.NAME, CountRoutes.BY, CoordinateResolver.AS_OF));
        return parameters;
    }

    @Override
    public List<String> kinds(Query query) {
        return List.of(KindParameter.one(query.parameters()).word());
    }

    @Override
    public LiveResult ask(Query query, int most) {
        Parameters parameters = query.parameters();
        RegisterKind kind = KindParameter.one(parameters);
        KindParameter.refuseFacetsOfOthers(parameters, List.of(kind));
        List<String> by = CountRoutes.by(parameters, kind);
        Tally tally =
                counting.tally(
                        kind.word(),
                        CountRoutes.filter(parameters, kind),
                        by,
                        new Coordinates(
                                query.coordinates().asOf(),
                                Math.toIntExact(query.coordinates().position())));
        LiveResult.refuseMoreThan(most, tally.counts().size());
        List<ObjectNode> counts = CountJson.rows(by, tally).toList();
        List<Row> rows = new ArrayList<>(counts.size());
        for (int i = 0; i < counts.size(); i++) {
            String key = HttpJson.mapper().writeValueAsString(tally.counts().get(i).values());
            rows.add(Row.of(key, counts.get(i)));
        }
        return LiveResult.of(CountJson.head(kind.word(), by).put("total", tally.total()), rows);
    }
}
