package dev.cadastre.query.shared.difference;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The net difference between two bodies of one asset or CI. Objects are compared member by member;
 * every other value, an array too, is one field. Relations are compared as the set they are. What
 * only tells which body it is ({@code id}, {@code version}, {@code validFrom}, {@code
 * recordedFrom}, {@code position}) is no content and never differs.
 *
 * @param fields the fields that differ, sorted by their pointer
 * @param relationsAdded relations that only the second body has, in its order
 * @param relationsRemoved relations that only the first body has, in its order
 */
public record BodyDifference(
        List<FieldChange> fields, List<JsonNode> relationsAdded, List<JsonNode> relationsRemoved) {

    /** Two equal bodies. */
    public static final BodyDifference NONE = new BodyDifference(List.of(), List.of(), List.of());

    private static final String RELATIONS = "relations";
    private static final Set<String> NO_CONTENT =
            Set.of("id", "version", "validFrom", "recordedFrom", "position");

    public BodyDifference {
        fields = List.copyOf(fields);
        relationsAdded = List.copyOf(relationsAdded);
        relationsRemoved = List.copyOf(relationsRemoved);
    }

    /**
     * Compares two bodies; null stands for a thing that is not there.
     *
     * @param before as the contract reads
     * @param after as the contract reads
     */
    public static BodyDifference between(@Nullable JsonNode before, @Nullable JsonNode after) {
        if (before == null && after == null) {
            return NONE;
        }
        List<FieldChange> fields = new ArrayList<>();
        for (String name : memberNames(before, after)) {
            if (isContent(name) && !name.equals(RELATIONS)) {
                compare(pointer("", name), member(before, name), member(after, name), fields);
            }
        }
        fields.sort(Comparator.comparing(FieldChange::field));
        Set<JsonNode> had = relations(before);
        Set<JsonNode> has = relations(after);
        return new BodyDifference(fields, without(has, had), without(had, has));
    }

    public boolean isEmpty() {
        return fields.isEmpty() && relationsAdded.isEmpty() && relationsRemoved.isEmpty();
    }

    private static void compare(
            String pointer,
            @Nullable JsonNode before,
            @Nullable JsonNode after,
            List<FieldChange> fields) {
        boolean nested = isObjectOrAbsent(before) && isObjectOrAbsent(after);
        if (nested) {
            for (String name : memberNames(before, after)) {
                compare(pointer(pointer, name), member(before, name), member(after, name), fields);
            }
        } else if (before == null || !before.equals(after)) {
            fields.add(new FieldChange(pointer, before, after));
        }
    }

    private static boolean isObjectOrAbsent(@Nullable JsonNode node) {
        return node == null || node.isObject();
    }

    private static Collection<String> memberNames(
            @Nullable JsonNode before, @Nullable JsonNode after) {
        Set<String> names = new TreeSet<>();
        if (before != null) {
            names.addAll(before.propertyNames());
        }
        if (after != null) {
            names.addAll(after.propertyNames());
        }
        return names;
    }

    private static @Nullable JsonNode member(@Nullable JsonNode object, String name) {
        return object == null ? null : object.get(name);
    }

    private static Set<JsonNode> relations(@Nullable JsonNode body) {
        Set<JsonNode> relations = new LinkedHashSet<>();
        JsonNode array = member(body, RELATIONS);
        if (array != null) {
            array.forEach(relations::add);
        }
        return relations;
    }

    private static List<JsonNode> without(Set<JsonNode> relations, Set<JsonNode> others) {
        return relations.stream().filter(relation -> !others.contains(relation)).toList();
    }

    /** A body without what tells where it comes from; the id stays. */
    static JsonNode content(JsonNode body) {
        ObjectNode content = ((ObjectNode) body).deepCopy();
        NO_CONTENT.stream().filter(name -> !name.equals("id")).forEach(content::remove);
        return content;
    }

    /** Whether a member of a body tells of the thing, and not of the body. */
    static boolean isContent(String name) {
        return !NO_CONTENT.contains(name);
    }

    /** The pointer to a member (RFC 6901 section 3). */
    static String pointer(String parent, String name) {
        return parent + "/" + name.replace("~", "~0").replace("/", "~1");
    }
}
