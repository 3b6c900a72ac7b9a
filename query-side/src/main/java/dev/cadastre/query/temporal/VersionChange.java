package dev.cadastre.query.temporal;

/**
 * What one event does to the versions of an entity. Numbers of entities, facet values and relation
 * sets come from the kind's {@link Vocabulary}.
 */
public sealed interface VersionChange {

    /** Name of the {@link EntityKind}. */
    String kind();

    int entity();

    /** Number of the version within its entity. */
    int version();

    /** Position of the event that does it. */
    int position();

    /**
     * A state is believed, from {@code position} on, to hold from {@code validFrom} on until the
     * next believed version of the entity.
     *
     * @param version the next free number of the entity; numbers are dense from 0
     * @param present false where the entity does not exist in that interval (removed)
     * @param facets value numbers in the order of {@link EntityKind#facets()}; {@link
     *     Vocabulary#NO_VALUE} where unknown
     * @param relations number of the set of outgoing relations; {@link Vocabulary#NO_RELATIONS} for
     *     none
     */
    record Began(
            String kind,
            int entity,
            int version,
            int position,
            long validFrom,
            boolean present,
            int[] facets,
            int relations)
            implements VersionChange {}

    /** The version is no longer believed from {@code position} on; it was until then. */
    record Ended(String kind, int entity, int version, int position) implements VersionChange {}
}
