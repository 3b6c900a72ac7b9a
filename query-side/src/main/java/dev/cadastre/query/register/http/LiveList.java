package dev.cadastre.query.register.http;

import dev.cadastre.http.json.HttpJson;
import dev.cadastre.query.register.kinds.RegisterKind;
import dev.cadastre.query.register.model.RegisterLists;
import dev.cadastre.query.register.model.Selection;
import dev.cadastre.query.register.model.SortOrder;
import dev.cadastre.query.shared.http.Query;
import dev.cadastre.query.shared.live.LiveQuestion;
import dev.cadastre.query.shared.live.LiveResult;
import dev.cadastre.query.shared.live.LiveResult.Row;
import dev.cadastre.query.shared.time.CoordinateResolver;
import dev.cadastre.query.versions.store.BodyKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * A list that is kept up to date: a row is an item as the list reads it, its key the item's id. A
 * row is read anew only when the item has another version.
 */
public final class LiveList implements LiveQuestion {

    private final RegisterKind kind;
    private final RegisterLists lists;

    public LiveList(RegisterKind kind, RegisterLists lists) {
        this.kind = kind;
        this.lists = lists;
    }

    @Override
    public Set<String> parameters() {
        Set<String> parameters = new HashSet<>(ListQuery.known(kind));
        parameters.removeAll(ListQuery.OF_THE_WAY_IT_IS_SHOWN);
        parameters.add(CoordinateResolver.AS_OF);
        return parameters;
    }

    @Override
    public List<String> kinds(Query query) {
        return List.of(kind.word());
    }

    @Override
    public LiveResult ask(Query query, int most) {
        ListQuery list = ListQuery.of(query, kind);
        return list.selection().text() == null
                ? ofVersions(query, list, most)
                : ofTexts(query, list, most);
    }

    private LiveResult ofVersions(Query query, ListQuery list, int most) {
        Map<String, BodyKey> versions = lists.versions(list.selection(), query.coordinates());
        LiveResult.refuseMoreThan(most, versions.size());
        List<Row> rows = new ArrayList<>(versions.size());
        versions.forEach((id, version) -> rows.add(new Row(id, version)));
        return new LiveResult(
                head(rows.size()),
                rows,
                some ->
                        lists
                                .bodies(some.stream().map(row -> (BodyKey) row.stamp()).toList())
                                .stream()
                                .map(list.fields()::of)
                                .toList());
    }

    /** A text is looked for in bodies, so these are at hand. */
    private LiveResult ofTexts(Query query, ListQuery list, int most) {
        Selection selection = list.selection();
        List<Row> rows = new ArrayList<>();
        for (Iterator<List<byte[]>> all =
                        lists.all(selection, SortOrder.byId(), query.coordinates());
                all.hasNext(); ) {
            for (byte[] body : all.next()) {
                rows.add(
                        new Row(
                                HttpJson.mapper().readTree(body).get("id").asString(),
                                new String(list.fields().of(body), StandardCharsets.UTF_8)));
            }
            LiveResult.refuseMoreThan(most, rows.size());
        }
        return LiveResult.of(head(rows.size()), rows);
    }

    private static ObjectNode head(int total) {
        return HttpJson.mapper().createObjectNode().put("total", total);
    }
}
