package dev.cadastre.query.versions;

import com.mongodb.client.MongoDatabase;
import dev.cadastre.query.versions.store.CurrentTable;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bson.Document;
import org.bson.types.Decimal128;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The current register as a program that knows nothing of Cadastre reads it, put as the API does.
 */
public final class CurrentContents {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private CurrentContents() {}

    /** What an answer of the API says, by id; instants as far as the collections keep them. */
    public static JsonNode asInCollections(byte[] body) {
        ObjectNode json = (ObjectNode) MAPPER.readTree(body);
        for (String instant : List.of("validFrom", "recordedFrom")) {
            json.put(instant, toMilliseconds(json.get(instant).asString()));
        }
        return json;
    }

    private static String toMilliseconds(String instant) {
        return Instant.parse(instant).truncatedTo(ChronoUnit.MILLIS).toString();
    }

    /** The present documents of a collection, by id. */
    public static SortedMap<String, JsonNode> of(MongoDatabase database, CurrentTable table) {
        SortedMap<String, JsonNode> contents = new TreeMap<>();
        for (Document document :
                database.getCollection(table.label()).find(new Document("present", true))) {
            ObjectNode json = MAPPER.createObjectNode();
            json.put("id", document.getString("_id"));
            document.forEach(
                    (name, value) -> {
                        switch (name) {
                            case "_id", "present", "written" -> {}
                            case "attributes" -> json.set(name, attributes((Document) value));
                            default -> json.set(name, tree(value));
                        }
                    });
            contents.put(document.getString("_id"), MAPPER.readTree(json.toString()));
        }
        return contents;
    }

    private static JsonNode attributes(Document attributes) {
        ObjectNode json = MAPPER.createObjectNode();
        attributes.forEach(
                (name, value) ->
                        json.set(
                                URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8),
                                tree(value)));
        return json;
    }

    private static JsonNode tree(Object value) {
        return switch (value) {
            case Date date -> MAPPER.valueToTree(date.toInstant().toString());
            case Decimal128 amount -> MAPPER.valueToTree(amount.bigDecimalValue().toPlainString());
            case Map<?, ?> object -> {
                ObjectNode json = MAPPER.createObjectNode();
                object.forEach((name, inner) -> json.set((String) name, tree(inner)));
                yield json;
            }
            case List<?> items -> {
                var json = MAPPER.createArrayNode();
                items.forEach(item -> json.add(tree(item)));
                yield json;
            }
            default -> MAPPER.valueToTree(value);
        };
    }

    /** The rows of a table of the file, by id. */
    public static SortedMap<String, JsonNode> of(Path file, CurrentTable table) {
        try (Connection connection =
                        DriverManager.getConnection("jdbc:sqlite:file:" + file + "?mode=ro");
                Statement statement = connection.createStatement()) {
            SortedMap<String, JsonNode> contents = new TreeMap<>();
            try (ResultSet row = statement.executeQuery("SELECT * FROM " + table.label())) {
                while (row.next()) {
                    ObjectNode json =
                            table == CurrentTable.ASSETS
                                    ? asset(row)
                                    : ci(row, connection, row.getString("id"));
                    contents.put(row.getString("id"), MAPPER.readTree(json.toString()));
                }
            }
            return contents;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static ObjectNode asset(ResultSet row) throws SQLException {
        ObjectNode json = MAPPER.createObjectNode();
        for (String field :
                List.of(
                        "id",
                        "assetTag",
                        "type",
                        "name",
                        "state",
                        "substate",
                        "manufacturer",
                        "model",
                        "serialNumber",
                        "warrantyUntil",
                        "location",
                        "custodian",
                        "costCentre",
                        "ci")) {
            put(json, field, row.getString(field));
        }
        ObjectNode purchase = MAPPER.createObjectNode();
        put(purchase, "date", row.getString("purchaseDate"));
        put(purchase, "orderNumber", row.getString("purchaseOrderNumber"));
        put(purchase, "supplier", row.getString("purchaseSupplier"));
        ObjectNode cost = MAPPER.createObjectNode();
        put(cost, "amount", row.getString("purchaseAmount"));
        put(cost, "currency", row.getString("purchaseCurrency"));
        if (!cost.isEmpty()) {
            purchase.set("cost", cost);
        }
        if (!purchase.isEmpty()) {
            json.set("purchase", purchase);
        }
        return provenance(json, row);
    }

    private static ObjectNode ci(ResultSet row, Connection connection, String id)
            throws SQLException {
        ObjectNode json = MAPPER.createObjectNode();
        for (String field : List.of("id", "class", "name", "asset")) {
            put(json, field, row.getString(field));
        }
        if (row.getString("stage") != null) {
            ObjectNode lifecycle = json.putObject("lifecycle");
            lifecycle.put("stage", row.getString("stage"));
            lifecycle.put("status", row.getString("status"));
        }
        var relations = json.putArray("relations");
        try (var select =
                connection.prepareStatement(
                        "SELECT type, target FROM current_relations WHERE source = ?"
                                + " ORDER BY type, target")) {
            select.setString(1, id);
            try (ResultSet relation = select.executeQuery()) {
                while (relation.next()) {
                    relations
                            .addObject()
                            .put("type", relation.getString(1))
                            .put("to", relation.getString(2));
                }
            }
        }
        return provenance(json, row);
    }

    private static ObjectNode provenance(ObjectNode json, ResultSet row) throws SQLException {
        json.set("attributes", MAPPER.readTree(row.getString("attributes")));
        json.put("version", row.getLong("version"));
        json.put("validFrom", row.getString("validFrom"));
        json.put("recordedFrom", row.getString("recordedFrom"));
        json.put("position", row.getLong("position"));
        return json;
    }

    private static void put(ObjectNode json, String name, String value) {
        if (value != null) {
            json.put(name, value);
        }
    }
}
