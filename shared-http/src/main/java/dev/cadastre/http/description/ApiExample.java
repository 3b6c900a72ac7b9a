package dev.cadastre.http.description;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request that can be sent, and what is answered. In a fragment, under {@code x-examples} of an
 * operation: {@code summary}; {@code path}, {@code query} and {@code header}, each by parameter;
 * {@code body}; {@code status} (200 if nothing is said) or {@code problem}, the slug of one; {@code
 * answer}, a part of the answered JSON; {@code answers-id}, the id by which other examples know
 * what the answered {@code id} names, where the server makes one up.
 *
 * @param name within its operation
 * @param summary what it shows, or an empty text
 * @param method in upper case
 * @param template the path as the document has it
 * @param address path and query to send, percent-encoded
 * @param body null for none; a text is sent as it is
 * @param status expected, or null where {@code problem} says it
 * @param problem slug of the problem expected, or null
 * @param answer a part of the JSON expected, or null
 * @param answersId what stands for the answered id in the other examples, or null
 */
public record ApiExample(
        String name,
        String summary,
        String method,
        String template,
        String address,
        Map<String, String> headers,
        @Nullable JsonNode body,
        int status,
        @Nullable String problem,
        @Nullable JsonNode answer,
        @Nullable String answersId) {

    private static final Set<String> MEMBERS =
            Set.of(
                    "summary",
                    "path",
                    "query",
                    "header",
                    "body",
                    "status",
                    "problem",
                    "answer",
                    "answers-id");
    private static final Set<String> OF_GIVEN =
            Set.of("method", "address", "header", "body", "status", "answer", "answers-id");

    /**
     * The requests that come before any example, in their order; all of them succeed. One with an
     * {@code answer} is sent until that is what is answered.
     */
    public static List<ApiExample> given(ObjectNode fragments) {
        List<ApiExample> given = new ArrayList<>();
        for (JsonNode one : fragments.path(OpenApiDocument.GIVEN)) {
            for (String member : one.propertyNames()) {
                if (!OF_GIVEN.contains(member)) {
                    throw new IllegalStateException("x-given: there is no member " + member);
                }
            }
            String address = one.required("address").asString();
            given.add(
                    new ApiExample(
                            "given",
                            "",
                            one.required("method").asString(),
                            address,
                            address,
                            headers(one),
                            one.get("body"),
                            one.path("status").asInt(0),
                            null,
                            one.get("answer"),
                            text(one, "answers-id")));
        }
        return given;
    }

    /** All examples of the fragments, by operation and name. */
    public static List<ApiExample> all(ObjectNode fragments) {
        List<ApiExample> all = new ArrayList<>();
        for (var path : fragments.path("paths").properties()) {
            for (var operation : path.getValue().properties()) {
                all.addAll(of(path.getKey(), operation.getKey(), operation.getValue()));
            }
        }
        return all;
    }

    /**
     * The examples of one operation.
     *
     * @param method as the document has it
     */
    static List<ApiExample> of(String template, String method, JsonNode operation) {
        List<ApiExample> all = new ArrayList<>();
        for (var example : operation.path(OpenApiDocument.EXAMPLES).properties()) {
            all.add(of(template, method, example));
        }
        return all;
    }

    private static ApiExample of(
            String template, String method, Map.Entry<String, JsonNode> example) {
        JsonNode said = example.getValue();
        return new ApiExample(
                example.getKey(),
                said.path("summary").asString(""),
                method.toUpperCase(Locale.ROOT),
                template,
                path(template, said.path("path")) + query(said.path("query")),
                headers(said),
                said.get("body"),
                said.path("status").asInt(200),
                text(said, "problem"),
                said.get("answer"),
                text(said, "answers-id"));
    }

    private static @Nullable String text(JsonNode node, String member) {
        JsonNode value = node.get(member);
        return value == null ? null : value.asString();
    }

    static void checkMembers(Map.Entry<String, JsonNode> example, String place) {
        for (String member : example.getValue().propertyNames()) {
            if (!MEMBERS.contains(member)) {
                throw new IllegalStateException(
                        place
                                + ": the example "
                                + example.getKey()
                                + " has a member "
                                + member
                                + ", which is none of "
                                + MEMBERS);
            }
        }
    }

    private static String path(String template, JsonNode values) {
        String path = template;
        for (Map.Entry<String, JsonNode> value : values.properties()) {
            path =
                    path.replace(
                            "{" + value.getKey() + "}",
                            UriUtils.encode(value.getValue().asString(), StandardCharsets.UTF_8));
        }
        return path;
    }

    /** A parameter that is repeated is an array. */
    private static String query(JsonNode values) {
        List<String> parts = new ArrayList<>();
        values.properties()
                .forEach(
                        member -> {
                            JsonNode value = member.getValue();
                            for (JsonNode one : value.isArray() ? value : List.of(value)) {
                                parts.add(
                                        member.getKey()
                                                + "="
                                                + URLEncoder.encode(
                                                        one.asString(), StandardCharsets.UTF_8));
                            }
                        });
        return parts.isEmpty() ? "" : "?" + String.join("&", parts);
    }

    private static Map<String, String> headers(JsonNode example) {
        Map<String, String> headers = new LinkedHashMap<>();
        example.path("header")
                .properties()
                .forEach(header -> headers.put(header.getKey(), header.getValue().asString()));
        return headers;
    }
}
