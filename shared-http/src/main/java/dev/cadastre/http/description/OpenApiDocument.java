package dev.cadastre.http.description;

import dev.cadastre.http.json.HttpJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * The OpenAPI 3.1 document made of {@link Fragments}. What many operations have in common a
 * fragment says once, in members that are not published:
 *
 * <ul>
 *   <li>{@code x-frames}, at the top, names parts of operations; an operation (or another frame)
 *       lists in its own {@code x-frames} those that it begins with;
 *   <li>{@code x-problem-types}, at the top, describes each {@link
 *       dev.cadastre.http.problem.ProblemType}; an operation lists in {@code x-problems} those that
 *       it may answer, which become its responses;
 *   <li>{@code x-examples} of an operation are requests that can be sent, as {@link ApiExample}
 *       says; they become examples of the parameters and of the body;
 *   <li>{@code x-given}, at the top, lists the requests that come before any example.
 * </ul>
 */
public final class OpenApiDocument {

    static final String EXAMPLES = "x-examples";
    static final String GIVEN = "x-given";

    private static final String FRAMES = "x-frames";
    private static final String PROBLEMS = "x-problems";
    private static final String PROBLEM_TYPES = "x-problem-types";
    private static final String RESPONSES = "responses";

    /** How a path item calls its operations. */
    static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

    private final ObjectNode document;
    private final ObjectNode frames;
    private final ProblemResponses problems;

    private OpenApiDocument(ObjectNode fragments) {
        this.document = fragments.deepCopy();
        this.frames = document.withObject(FRAMES);
        this.problems = new ProblemResponses(document.withObject(PROBLEM_TYPES));
        document.remove(List.of(FRAMES, PROBLEM_TYPES, GIVEN));
    }

    /**
     * The document to publish.
     *
     * @param fragments of all features
     * @throws IllegalStateException if an operation names a frame, a problem or a parameter that
     *     nothing describes
     */
    public static ObjectNode of(ObjectNode fragments) {
        return new OpenApiDocument(fragments).complete();
    }

    private ObjectNode complete() {
        document.withObject("components").withObject("schemas").setAll(problems.schemas());
        document.withObject("paths")
                .properties()
                .forEach(
                        path ->
                                path.getValue()
                                        .properties()
                                        .forEach(
                                                method ->
                                                        complete(
                                                                path.getKey(),
                                                                method.getKey(),
                                                                (ObjectNode) method.getValue())));
        return document;
    }

    private void complete(String path, String method, ObjectNode operation) {
        if (!METHODS.contains(method)) {
            return;
        }
        String place = method.toUpperCase(Locale.ROOT) + " " + path;
        ObjectNode whole = framed(operation, place);
        List<String> types = texts(whole, PROBLEMS);
        whole.remove(PROBLEMS);
        ObjectNode responses = whole.withObject(RESPONSES);
        problems.of(types, place)
                .properties()
                .forEach(
                        problem ->
                                add(
                                        responses,
                                        problem.getKey(),
                                        (ObjectNode) problem.getValue(),
                                        place));
        new PublishedExamples(document.withObject("components"))
                .publish(whole, path, method, place);
        operation.removeAll();
        operation.setAll(whole);
    }

    /** A status may stand for a problem and for an answer of another media type. */
    private static void add(ObjectNode responses, String status, ObjectNode problem, String place) {
        if (responses.get(status) instanceof ObjectNode answer) {
            problem.remove("description");
            Fragments.unite(answer, problem, place + " " + status);
        } else {
            responses.set(status, problem);
        }
    }

    /** The operation after the frames that it begins with. */
    private ObjectNode framed(ObjectNode operation, String place) {
        ObjectNode whole = HttpJson.mapper().createObjectNode();
        for (String name : texts(operation, FRAMES)) {
            if (!(frames.get(name) instanceof ObjectNode frame)) {
                throw new IllegalStateException(place + ": there is no frame " + name);
            }
            Fragments.unite(whole, framed(frame, place), place + " in frame " + name);
        }
        ObjectNode own = operation.deepCopy();
        own.remove(FRAMES);
        Fragments.unite(whole, own, place);
        return whole;
    }

    private static List<String> texts(ObjectNode node, String member) {
        List<String> texts = new ArrayList<>();
        node.path(member).forEach(text -> texts.add(text.asString()));
        return texts;
    }
}
