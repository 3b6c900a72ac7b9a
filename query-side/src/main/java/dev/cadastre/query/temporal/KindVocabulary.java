package dev.cadastre.query.temporal;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The numbers of one kind. A relation set is an array of (target, type), ascending. */
final class KindVocabulary implements Vocabulary {

    private final EntityKind kind;
    private final Interner<String> entities = Interner.ofTexts();
    private final Interner<String> relationTypes = Interner.ofTexts();
    private final Interner<int[]> relationSets = new Interner<>(Arrays::hashCode, Arrays::equals);
    private final List<Interner<String>> values;

    KindVocabulary(EntityKind kind) {
        this.kind = kind;
        values = Stream.generate(Interner::ofTexts).limit(kind.facets().size()).toList();
        relationSets.intern(new int[0]);
    }

    @Override
    public EntityKind kind() {
        return kind;
    }

    @Override
    public int internEntity(String id) {
        return entities.intern(id);
    }

    @Override
    public int entity(String id) {
        return entities.find(id);
    }

    @Override
    public String id(int entity) {
        return entities.get(entity);
    }

    @Override
    public int entities() {
        return entities.size();
    }

    @Override
    public int internValue(int facet, @Nullable String text) {
        return text == null ? NO_VALUE : values.get(facet).intern(text) + 1;
    }

    @Override
    public int value(int facet, @Nullable String text) {
        if (text == null) {
            return NO_VALUE;
        }
        int found = values.get(facet).find(text);
        return found < 0 ? UNKNOWN : found + 1;
    }

    @Override
    public @Nullable String text(int facet, int value) {
        return value == NO_VALUE ? null : values.get(facet).get(value - 1);
    }

    @Override
    public int values(int facet) {
        return values.get(facet).size() + 1;
    }

    @Override
    public int internRelationType(String name) {
        return relationTypes.intern(name);
    }

    @Override
    public int relationType(String name) {
        return relationTypes.find(name);
    }

    @Override
    public String relationType(int type) {
        return relationTypes.get(type);
    }

    int relationTypes() {
        return relationTypes.size();
    }

    @Override
    public int internRelations(List<RelationTo> relations) {
        long[] keys =
                relations.stream()
                        .mapToLong(relation -> (long) relation.target() << 32 | relation.type())
                        .sorted()
                        .distinct()
                        .toArray();
        int[] pairs = new int[keys.length * 2];
        for (int i = 0; i < keys.length; i++) {
            pairs[2 * i] = (int) (keys[i] >>> 32);
            pairs[2 * i + 1] = (int) keys[i];
        }
        return relationSets.intern(pairs);
    }

    /** Interns a set in the form the image keeps it. */
    int internPairs(int[] pairs) {
        return relationSets.intern(pairs);
    }

    int[] pairs(int relations) {
        return relationSets.get(relations);
    }

    int relationSets() {
        return relationSets.size();
    }

    /** Bytes of the tables, and of texts and sets as arrays. */
    long heapBytes() {
        long bytes = entities.heapBytes() + relationSets.heapBytes();
        for (int entity = 0; entity < entities.size(); entity++) {
            bytes += textBytes(entities.get(entity));
        }
        for (int set = 0; set < relationSets.size(); set++) {
            bytes += 16 + 4L * relationSets.get(set).length;
        }
        for (Interner<String> texts : values) {
            bytes += texts.heapBytes();
            for (int value = 0; value < texts.size(); value++) {
                bytes += textBytes(texts.get(value));
            }
        }
        return bytes;
    }

    private static long textBytes(String text) {
        return 24 + 16 + ((text.length() + 7) & ~7);
    }
}
