package dev.cadastre.query.diff.http;

import dev.cadastre.http.json.HttpJson;
import dev.cadastre.query.diff.model.EntityDifference;
import dev.cadastre.query.diff.model.EstateDiff;
import dev.cadastre.query.shared.http.Query;
import dev.cadastre.query.shared.live.LiveQuestion;
import dev.cadastre.query.shared.live.LiveResult;
import dev.cadastre.query.shared.live.LiveResult.Row;
import dev.cadastre.query.shared.snapshots.TakenSnapshots;
import dev.cadastre.query.shared.time.CoordinateResolver;
import dev.cadastre.query.shared.time.Coordinates;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * How the estate differs by now from what it was, kept up to date: a row is a difference as the
 * diff reads it, its key the kind and the id, for example {@code ci:web-1}.
 */
public final class LiveDiff implements LiveQuestion {

    private final CoordinateResolver resolver;
    private final EstateDiff diff;
    private final TakenSnapshots snapshots;

    public LiveDiff(CoordinateResolver resolver, EstateDiff diff, TakenSnapshots snapshots) {
        this.resolver = resolver;
        this.diff = diff;
        this.snapshots = snapshots;
    }

    @Override
    public Set<String> parameters() {
        Set<String> parameters = new HashSet<>(DiffScope.parameters());
        parameters.addAll(
                List.of(DiffEnds.FROM, DiffEnds.TO, DiffEnds.FROM_KNOWN_AT, DiffRoutes.PATCH));
        return parameters;
    }

    @Override
    public List<String> kinds(Query query) {
        return DiffScope.of(query.parameters(), snapshots).kinds();
    }

    @Override
    public LiveResult ask(Query query, int most) {
        DiffEnds ends = DiffEnds.of(query, resolver, snapshots, null);
        boolean patch = query.parameters().truth(DiffRoutes.PATCH, false);
        List<Row> rows = new ArrayList<>();
        Iterator<EntityDifference> differences =
                diff.differences(
                                DiffScope.of(query.parameters(), snapshots),
                                index(ends.from()),
                                index(ends.to()))
                        .iterator();
        while (differences.hasNext()) {
            EntityDifference difference = differences.next();
            rows.add(
                    Row.of(
                            difference.kind() + ":" + difference.id(),
                            DiffJson.of(difference, patch)));
            LiveResult.refuseMoreThan(most, rows.size());
        }
        return LiveResult.of(HttpJson.mapper().createObjectNode().put("total", rows.size()), rows);
    }

    private static dev.cadastre.query.temporal.Coordinates index(Coordinates at) {
        return new dev.cadastre.query.temporal.Coordinates(
                at.asOf(), Math.toIntExact(at.position()));
    }
}
