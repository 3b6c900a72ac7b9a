package dev.cadastre.query.temporal;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The entities of one kind, at commit ends only. Valid while the {@link View} it came from is.
 * "Current knowledge" below means coordinates known at the view's position or later; there the
 * answers cost the same at any age.
 */
public interface KindView {

    Vocabulary vocabulary();

    /** Position of the last event that changed an entity of the kind; -1 for none. */
    int lastChange();

    /**
     * The version that holds at the coordinates: among those believed then the one with the
     * greatest start at or before {@code asOf}. Null if there is none; a removed entity has one
     * that is not present.
     */
    @Nullable Version version(int entity, Coordinates at);

    /** A version by its number, believed or not; null if there is none. */
    @Nullable Version version(int entity, int number);

    /** How many versions an entity has had. */
    int versions(int entity);

    /** All versions believed at a position, in valid order. */
    List<Version> believed(int entity, int knownAt);

    /** Every version an entity has ever had, by number. */
    List<Version> allVersions(int entity);

    /** Whether a version is one that a filter means. */
    boolean matches(Version version, Filter filter);

    /** The facet value number of a version, by its row. */
    int value(int row, int facet);

    /**
     * The outgoing relations of a version, by its row, ordered by number of target, then of type.
     */
    List<RelationTo> relations(int row);

    /** A part of the entities that match at the coordinates, and how many match in all. */
    Page page(Filter filter, Coordinates at, PageRequest request);

    /** Every entity that matches at the coordinates, in id order. */
    void forEach(Filter filter, Coordinates at, Consumer<Version> action);

    /**
     * How many match, by the values of up to three facets; combinations that do not occur are left
     * out, the rest are ordered by value, unknown last. Without facets one count, even if zero.
     */
    List<Count> counts(Filter filter, List<String> by, Coordinates at);

    /** {@link #counts} at each of several instants, all known at one position. */
    List<List<Count>> series(Filter filter, List<String> by, long[] instants, int knownAt);

    /**
     * How many believed versions start within each of the half-open intervals between neighbouring
     * bounds (ascending): one number fewer than bounds.
     */
    long[] starts(long[] bounds, int knownAt);

    /**
     * The same, of those starts only before or after which the entity matches. With current
     * knowledge the cost is that of the starts between the bounds.
     */
    long[] starts(Filter filter, long[] bounds, int knownAt);

    /** The first start of a believed version after an instant; {@link Long#MAX_VALUE} if none. */
    long nextStart(long after, int knownAt);

    /**
     * Tells of the events recorded by a position whose own instant (of a retraction: that of the
     * fact it takes back) lies after an instant, each once: in the order of their instants, the
     * events of one entity and instant side by side and by position. Ends with the last instant up
     * to {@code upTo}, or with an earlier one as soon as {@code enough} events were told. The cost
     * is that of the versions that start meanwhile, as believed at the view's position, whatever
     * {@code knownAt}.
     *
     * @return the instant up to which all events were told
     */
    long events(long after, long upTo, int knownAt, int enough, EventVisitor visitor);

    /**
     * The positions, ascending, of the events of an entity that can count at one of two coordinates
     * and not at the other. With an event come all others of the same instant, be it that they only
     * take it back; so they tell by themselves which of them count.
     */
    int[] events(int entity, Coordinates from, Coordinates to);

    /** Who relates to an entity at the coordinates, ordered by number of source, then of type. */
    List<Impact.Edge> inbound(int entity, Coordinates at);

    /**
     * Walks along relations, breadth first.
     *
     * @param types relation types to follow; null for all
     */
    Impact impact(
            int start,
            Coordinates at,
            Impact.Direction direction,
            int depth,
            @Nullable Set<Integer> types);

    /**
     * The entities that have not the same version at both coordinates, in id order. The cost is
     * that of the versions that start between the two instants and those recorded, or no longer
     * believed, between the two positions, whatever the age and the size of the estate.
     */
    List<Difference> differences(Coordinates from, Coordinates to);
}
