package dev.cadastre.http.description;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Puts the examples of an operation where OpenAPI has them: with each parameter and body. */
final class PublishedExamples {

    private static final String EXAMPLES = "examples";
    private static final String PARAMETERS = "#/components/parameters/";

    private final ObjectNode components;

    PublishedExamples(ObjectNode components) {
        this.components = components;
    }

    /** Replaces the operation's examples. */
    void publish(ObjectNode operation, String place) {
        ArrayNode parameters = operation.withArray("parameters");
        operation
                .path(OpenApiDocument.EXAMPLES)
                .properties()
                .forEach(
                        example -> {
                            ApiExample.checkMembers(example, place);
                            publish(operation, parameters, example);
                        });
        operation.remove(OpenApiDocument.EXAMPLES);
        if (parameters.isEmpty()) {
            operation.remove("parameters");
        }
    }

    private void publish(
            ObjectNode operation, ArrayNode parameters, Map.Entry<String, JsonNode> example) {
        for (int i = 0; i < parameters.size(); i++) {
            ObjectNode parameter = resolved((ObjectNode) parameters.get(i));
            JsonNode value =
                    example.getValue()
                            .path(parameter.path("in").asString())
                            .path(parameter.path("name").asString());
            if (!value.isMissingNode()) {
                parameters.set(i, parameter);
                parameter.withObject(EXAMPLES).set(example.getKey(), of(example.getValue(), value));
            }
        }
        JsonNode body = example.getValue().get("body");
        if (body != null) {
            operation
                    .path("requestBody")
                    .path("content")
                    .properties()
                    .forEach(
                            type ->
                                    ((ObjectNode) type.getValue())
                                            .withObject(EXAMPLES)
                                            .set(example.getKey(), of(example.getValue(), body)));
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
