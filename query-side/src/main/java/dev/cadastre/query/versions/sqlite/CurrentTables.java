package dev.cadastre.query.versions.sqlite;

import dev.cadastre.http.json.HttpJson;
import dev.cadastre.query.versions.store.CurrentFields;
import dev.cadastre.query.versions.store.CurrentRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts rows into the tables of the current register. For one thread at a time. */
final class CurrentTables {

    private static final Map<?, ?> NOTHING = Map.of();

    private final PreparedStatement putAsset;
    private final PreparedStatement putCi;
    private final PreparedStatement putRelation;
    private final PreparedStatement deleteAsset;
    private final PreparedStatement deleteCi;
    private final PreparedStatement deleteRelations;

    CurrentTables(Connection connection) throws SQLException {
        int assetColumns = 1 + CurrentFile.ASSET_TEXTS.size() + 5 + 5;
        this.putAsset = connection.prepareStatement(put("current_assets", assetColumns));
        this.putCi = connection.prepareStatement(put("current_cis", 11));
        this.putRelation = connection.prepareStatement(put("current_relations", 3));
        this.deleteAsset = connection.prepareStatement("DELETE FROM current_assets WHERE id = ?");
        this.deleteCi = connection.prepareStatement("DELETE FROM current_cis WHERE id = ?");
        this.deleteRelations =
                connection.prepareStatement("DELETE FROM current_relations WHERE source = ?");
    }

    private static String put(String table, int columns) {
        return "INSERT OR REPLACE INTO " + table + " VALUES (" + "?, ".repeat(columns - 1) + "?)";
    }

    void putAsset(CurrentRow row) throws SQLException {
        Map<String, Object> members = members(row);
        if (!CurrentFields.isPresent(members)) {
            delete(deleteAsset, row.id());
            return;
        }
        Map<?, ?> purchase = object(members, "purchase");
        Map<?, ?> cost = object(purchase, "cost");
        Columns columns = new Columns(putAsset).text(row.id());
        for (String name : CurrentFile.ASSET_TEXTS) {
            columns.text(members.get(name));
        }
        columns.text(purchase.get("date"))
                .text(purchase.get("orderNumber"))
                .text(purchase.get("supplier"))
                .text(cost.get("amount"))
                .text(cost.get("currency"));
        provenance(columns, members);
        putAsset.executeUpdate();
    }

    void putCi(CurrentRow row) throws SQLException {
        Map<String, Object> members = members(row);
        delete(deleteRelations, row.id());
        if (!CurrentFields.isPresent(members)) {
            delete(deleteCi, row.id());
            return;
        }
        Map<?, ?> lifecycle = object(members, "lifecycle");
        Columns columns =
                new Columns(putCi)
                        .text(row.id())
                        .text(members.get("class"))
                        .text(members.get("name"))
                        .text(lifecycle.get("stage"))
                        .text(lifecycle.get("status"))
                        .text(members.get("asset"));
        provenance(columns, members);
        putCi.executeUpdate();
        for (Object relation : (List<?>) members.get("relations")) {
            Map<?, ?> to = (Map<?, ?>) relation;
            new Columns(putRelation).text(row.id()).text(to.get("type")).text(to.get("to"));
            putRelation.executeUpdate();
        }
    }

    private static Map<String, Object> members(CurrentRow row) {
        return row.json() == null ? Map.of() : CurrentFields.of(row.json());
    }

    private static void delete(PreparedStatement statement, String id) throws SQLException {
        statement.setString(1, id);
        statement.executeUpdate();
    }

    private static Map<?, ?> object(Map<?, ?> members, String name) {
        return members.get(name) instanceof Map<?, ?> object ? object : NOTHING;
    }

    private static void provenance(Columns columns, Map<String, Object> members)
            throws SQLException {
        columns.text(HttpJson.mapper().writeValueAsString(members.get("attributes")))
                .number(members.get("version"))
                .text(members.get("validFrom"))
                .text(members.get("recordedFrom"))
                .number(members.get("position"));
    }

    /** Sets one column of a statement after the other. */
    private static final class Columns {
        private final PreparedStatement statement;
        private int set;

        Columns(PreparedStatement statement) {
            this.statement = statement;
        }

        Columns text(@Nullable Object text) throws SQLException {
            statement.setString(++set, (String) text);
            return this;
        }

        Columns number(@Nullable Object number) throws SQLException {
            statement.setLong(++set, ((Number) number).longValue());
            return this;
        }
    }
}
