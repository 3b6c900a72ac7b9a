package dev.cadastre.query.temporal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The numbers the index uses for the entities, facet values and relation sets of one kind. Looking
 * up is safe from any thread; interning is for the writer's thread. What was interned keeps its
 * number for the life of the index and its images; an entity without versions is invisible.
 */
public interface Vocabulary {

    /** The number of an unknown facet value; its text is null. */
    int NO_VALUE = 0;

    /** The number of the empty relation set. */
    int NO_RELATIONS = 0;

    /** Result of a look-up that finds nothing. */
    int UNKNOWN = -1;

    EntityKind kind();

    /** The number of an entity, given on first use; dense from 0. */
    int internEntity(String id);

    /** The number of an entity or {@link #UNKNOWN}. */
    int entity(String id);

    String id(int entity);

    /** How many entities have a number. */
    int entities();

    /** The number of a value of a facet, given on first use; null is {@link #NO_VALUE}. */
    int internValue(int facet, @Nullable String text);

    /** The number of a value of a facet or {@link #UNKNOWN}; null is {@link #NO_VALUE}. */
    int value(int facet, @Nullable String text);

    /** The text of a value; null for {@link #NO_VALUE}. */
    @Nullable String text(int facet, int value);

    /** How many numbers of a facet are in use, {@link #NO_VALUE} included. */
    int values(int facet);

    int internRelationType(String name);

    /** The number of a relation type or {@link #UNKNOWN}. */
    int relationType(String name);

    String relationType(int type);

    /** The number of a set of relations; order and repetition do not matter. */
    int internRelations(List<RelationTo> relations);
}
