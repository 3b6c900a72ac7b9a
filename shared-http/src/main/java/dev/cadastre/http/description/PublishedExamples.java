package dev.cadastre.http.description;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Shows the examples of an operation: each as a request in the operation's description, and its
 * values where OpenAPI has them, with the body and with each parameter that must be there. Those
 * that may be there get none: pages that send requests would send all of them at once.
 */
final class PublishedExamples {

    private static final String EXAMPLES = "examples";
    private static final String DESCRIPTION = "description";
    private static final String PARAMETERS = "#/components/parameters/";

    private final ObjectNode components;

    PublishedExamples(ObjectNode components) {
        this.components = components;
    }

    /**
     * Replaces the operation's examples.
     *
     * @param method as in the document
     */
    void publish(ObjectNode operation, String path, String method, String place) {
        ArrayNode parameters = operation.withArray("parameters");
        for (var example : operation.path(OpenApiDocument.EXAMPLES).properties()) {
            ApiExample.checkMembers(example, place);
            addToParameters(parameters, example);
            addToBody(operation, example);
        }
        List<ApiExample> examples = ApiExample.of(path, method, operation);
        if (!examples.isEmpty()) {
            String said = operation.path(DESCRIPTION).asString("");
            operation.put(
                    DESCRIPTION,
                    (said.isEmpty() ? "" : said.stripTrailing() + "\n\n")
                            + "Examples:\n\n"
                            + examples.stream()
                                    .map(PublishedExamples::line)
                                    .collect(Collectors.joining("\n")));
        }
        operation.remove(OpenApiDocument.EXAMPLES);
        if (parameters.isEmpty()) {
            operation.remove("parameters");
        }
    }

    private static String line(ApiExample example) {
        StringBuilder line = new StringBuilder("- ");
        if (!example.summary().isEmpty()) {
            line.append(example.summary()).append(": ");
        }
        line.append('`').append(example.method()).append(' ').append(example.address()).append('`');
        example.headers()
                .forEach(
                        (name, value) ->
                                line.append(", `")
                                        .append(name)
                                        .append(": ")
                                        .append(value)
                                        .append('`'));
        if (example.problem() != null) {
            line.append(" is refused as `").append(example.problem()).append('`');
        }
        return line.toString();
    }

    private void addToParameters(ArrayNode parameters, Map.Entry<String, JsonNode> example) {
        for (int i = 0; i < parameters.size(); i++) {
            ObjectNode parameter = resolved((ObjectNode) parameters.get(i));
            JsonNode value =
                    example.getValue()
                            .path(parameter.path("in").asString())
                            .path(parameter.path("name").asString());
            if (!value.isMissingNode() && parameter.path("required").asBoolean(false)) {
                parameters.set(i, parameter);
                parameter.withObject(EXAMPLES).set(example.getKey(), of(example.getValue(), value));
            }
        }
    }

    private void addToBody(ObjectNode operation, Map.Entry<String, JsonNode> example) {
        JsonNode body = example.getValue().get("body");
        if (body != null) {
            for (var type : operation.path("requestBody").path("content").properties()) {
                ((ObjectNode) type.getValue())
                        .withObject(EXAMPLES)
                        .set(example.getKey(), of(example.getValue(), body));
            }
        }
    }

    private ObjectNode resolved(ObjectNode parameter) {
        String reference = parameter.path("$ref").asString("");
        return reference.startsWith(PARAMETERS)
                ? (ObjectNode)
                        components
                                .required("parameters")
                                .required(reference.substring(PARAMETERS.length()))
                                .deepCopy()
                : parameter;
    }

    private ObjectNode of(JsonNode example, JsonNode value) {
        ObjectNode published = components.objectNode();
        if (example.has("summary")) {
            published.set("summary", example.get("summary"));
        }
        published.set("value", value);
        return published;
    }
}
