package dev.cadastre.standalone.description;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.net.http.HttpResponse;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** The OpenAPI document as a reader of it understands it. */
final class DescribedApi {

    private static final String ADDRESS = "https://cadastre.example/openapi.json";
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

    private final JsonNode document;
    private final SchemaRegistry schemas;

    DescribedApi(JsonNode document) {
        this.document = document;
        this.schemas =
                SchemaRegistry.withDefaultDialect(
                        SpecificationVersion.DRAFT_2020_12,
                        builder -> builder.schemas(Map.of(ADDRESS, document.toString())));
    }

    JsonNode document() {
        return document;
    }

    /** Every operation, as {@code GET /api/v1/cis/{id}}. */
    SortedSet<String> operations() {
        SortedSet<String> operations = new TreeSet<>();
        for (var path : document.path("paths").properties()) {
            for (String method : path.getValue().propertyNames()) {
                if (METHODS.contains(method)) {
                    operations.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey());
                }
            }
        }
        return operations;
    }

    JsonNode operation(String operation) {
        String[] parts = operation.split(" ", 2);
        return document.path("paths").path(parts[1]).path(parts[0].toLowerCase(Locale.ROOT));
    }

    /** The names of an operation's parameters that are sent in a place: query, header or path. */
    SortedSet<String> parameters(String operation, String in) {
        SortedSet<String> names = new TreeSet<>();
        for (JsonNode one : operation(operation).path("parameters")) {
            JsonNode parameter = resolved(one);
            if (parameter.path("in").asString().equals(in)) {
                names.add(parameter.path("name").asString());
            }
        }
        return names;
    }

    /** The headers of a response; with those only that must be there, or with all. */
    Set<String> headers(String operation, int status, boolean requiredOnly) {
        Set<String> names = new LinkedHashSet<>();
        for (var header : response(operation, status).path("headers").properties()) {
            if (!requiredOnly || resolved(header.getValue()).path("required").asBoolean(false)) {
                names.add(header.getKey().toLowerCase(Locale.ROOT));
            }
        }
        return names;
    }

    JsonNode response(String operation, int status) {
        return resolved(operation(operation).path("responses").path(Integer.toString(status)));
    }

    /** What is wrong with a JSON answer. */
    List<Error> faults(String operation, HttpResponse<String> answer, JsonNode body) {
        return faults(
                operation,
                answer.statusCode(),
                answer.headers().firstValue("Content-Type").orElse(""),
                body);
    }

    /** What is wrong with a JSON answer of a status and a media type. */
    List<Error> faults(String operation, int status, String contentType, JsonNode body) {
        String pointer =
                "/paths/"
                        + escaped(operation.split(" ", 2)[1])
                        + "/"
                        + operation.split(" ", 2)[0].toLowerCase(Locale.ROOT)
                        + "/responses/"
                        + status
                        + "/content/"
                        + escaped(contentType.split(";")[0])
                        + "/schema";
        if (document.at(pointer).isMissingNode()) {
            throw new AssertionError(operation + ": nothing is described at " + pointer);
        }
        return schema(pointer).validate(body);
    }

    private Schema schema(String pointer) {
        return schemas.getSchema(
                SchemaLocation.of(ADDRESS + "#" + pointer.replace("{", "%7B").replace("}", "%7D")));
    }

    private JsonNode resolved(JsonNode node) {
        String reference = node.path("$ref").asString("");
        return reference.isEmpty() ? node : document.at(reference.substring(1));
    }

    private static String escaped(String step) {
        return step.replace("~", "~0").replace("/", "~1");
    }
}
