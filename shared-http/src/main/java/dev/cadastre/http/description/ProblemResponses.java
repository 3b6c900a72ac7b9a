package dev.cadastre.http.description;

import dev.cadastre.http.json.HttpJson;
import dev.cadastre.http.problem.Problem;
import dev.cadastre.http.problem.ProblemType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The problems as schemas and responses: what is fixed comes from {@link ProblemType}, the
 * description, further members and headers from the fragments.
 */
final class ProblemResponses {

    private static final String SCHEMAS = "#/components/schemas/";

    private final ObjectNode described;

    /**
     * @param described by slug, with {@code description}, and perhaps {@code properties} and {@code
     *     headers}
     */
    ProblemResponses(ObjectNode described) {
        this.described = described;
        for (String slug : described.propertyNames()) {
            type(slug, "x-problem-types");
        }
    }

    /** A schema for each type that is described. */
    ObjectNode schemas() {
        ObjectNode schemas = HttpJson.mapper().createObjectNode();
        for (ProblemType type : ProblemType.values()) {
            if (!described.has(type.slug())) {
                continue;
            }
            ObjectNode schema = schemas.putObject(name(type));
            schema.put("title", type.title());
            schema.set("description", description(type));
            schema.putArray("allOf").addObject().put("$ref", SCHEMAS + "Problem");
            ObjectNode properties = schema.putObject("properties");
            properties.putObject("type").put("const", Problem.uri(type));
            properties.putObject("title").put("const", type.title());
            properties.putObject("status").put("const", type.status());
            properties.setAll(described.get(type.slug()).withObject("properties"));
        }
        return schemas;
    }

    /** The responses of an operation that may answer these problems, by status. */
    ObjectNode of(List<String> slugs, String place) {
        Map<Integer, List<ProblemType>> byStatus =
                slugs.stream()
                        .map(slug -> type(slug, place))
                        .distinct()
                        .sorted()
                        .collect(
                                Collectors.groupingBy(
                                        ProblemType::status,
                                        TreeMap::new,
                                        Collectors.toCollection(ArrayList::new)));
        ObjectNode responses = HttpJson.mapper().createObjectNode();
        byStatus.forEach(
                (status, types) -> responses.set(Integer.toString(status), response(types)));
        return responses;
    }

    private ObjectNode response(List<ProblemType> types) {
        ObjectNode response = HttpJson.mapper().createObjectNode();
        response.put(
                "description",
                types.stream()
                        .map(type -> "`" + type.slug() + "`: " + description(type).asString())
                        .collect(Collectors.joining("\n\n")));
        ObjectNode headers = response.putObject("headers");
        headers.putObject("Cache-Control").put("$ref", "#/components/headers/Never-Kept");
        for (ProblemType type : types) {
            headers.setAll(described.get(type.slug()).withObject("headers"));
        }
        ObjectNode schema =
                response.putObject("content").putObject(Problem.MEDIA_TYPE).putObject("schema");
        if (types.size() == 1) {
            schema.put("$ref", SCHEMAS + name(types.getFirst()));
        } else {
            ArrayNode oneOf = schema.putArray("oneOf");
            types.forEach(type -> oneOf.addObject().put("$ref", SCHEMAS + name(type)));
        }
        return response;
    }

    private tools.jackson.databind.JsonNode description(ProblemType type) {
        return described.path(type.slug()).path("description");
    }

    private ProblemType type(String slug, String place) {
        return Arrays.stream(ProblemType.values())
                .filter(type -> type.slug().equals(slug) && described.has(slug))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException(place + ": nothing describes " + slug));
    }

    private static String name(ProblemType type) {
        return "problem-" + type.slug();
    }
}
