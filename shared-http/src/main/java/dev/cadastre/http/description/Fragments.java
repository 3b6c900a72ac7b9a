package dev.cadastre.http.description;

import dev.cadastre.http.json.HttpJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The fragments of a document, one for each feature that is on the class path, so that each process
 * describes what it serves: {@code META-INF/cadastre/<document>/*.yaml}.
 */
public final class Fragments {

    /** The fragments of the OpenAPI document. */
    public static final String OPENAPI = "openapi";

    /** The fragments of the AsyncAPI document. */
    public static final String ASYNCAPI = "asyncapi";

    private Fragments() {}

    /**
     * All fragments of a document as one, in the order of their file names. Objects are united; of
     * arrays the second one's new elements follow the first one's.
     *
     * @throws IllegalStateException if a fragment is not YAML, or two of them say different things
     *     at one place; the message names the file and the place
     */
    public static ObjectNode of(String document) {
        ObjectNode whole = HttpJson.mapper().createObjectNode();
        for (Resource fragment : files(document)) {
            String name = Objects.requireNonNull(fragment.getFilename());
            try (InputStream text = fragment.getInputStream()) {
                unite(whole, CoreYaml.read(name, text), name + "#");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return whole;
    }

    private static List<Resource> files(String document) {
        try {
            return Arrays.stream(
                            new PathMatchingResourcePatternResolver()
                                    .getResources(
                                            "classpath*:META-INF/cadastre/" + document + "/*.yaml"))
                    .sorted(Comparator.comparing(Resource::getFilename))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds what one object says to another one, which is changed. */
    static void unite(ObjectNode whole, ObjectNode part, String place) {
        part.properties()
                .forEach(
                        member ->
                                whole.set(
                                        member.getKey(),
                                        united(
                                                whole.get(member.getKey()),
                                                member.getValue(),
                                                place + "/" + member.getKey())));
    }

    private static JsonNode united(JsonNode one, JsonNode other, String place) {
        if (one == null) {
            return other.deepCopy();
        }
        if (one instanceof ObjectNode whole && other instanceof ObjectNode part) {
            unite(whole, part, place);
            return whole;
        }
        if (one instanceof ArrayNode whole && other instanceof ArrayNode part) {
            for (JsonNode element : part) {
                if (whole.valueStream().noneMatch(element::equals)) {
                    whole.add(element);
                }
            }
            return whole;
        }
        if (one.equals(other)) {
            return one;
        }
        throw new IllegalStateException(
                place + " says " + other + " where something else says " + one);
    }
}
