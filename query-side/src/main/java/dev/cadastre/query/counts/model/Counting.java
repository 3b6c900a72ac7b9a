package dev.cadastre.query.counts.model;

import dev.cadastre.query.temporal.Coordinates;
import dev.cadastre.query.temporal.Count;
import dev.cadastre.query.temporal.Filter;
import dev.cadastre.query.temporal.KindView;
import dev.cadastre.query.temporal.TemporalIndex;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Counts things by their facets, and changes over time. */
public final class Counting {

    /** How many facets can be combined. */
    public static final int MOST_FACETS = 3;

    private final TemporalIndex index;

    public Counting(TemporalIndex index) {
        this.index = index;
    }

    /** How many things there are, by the values of some facets. */
    public Tally tally(String kind, Filter filter, List<String> by, Coordinates at) {
        return new Tally(at.asOf(), index.read(view -> view.kind(kind).counts(filter, by, at)));
    }

    /** The same at several instants, all known at one position. */
    public List<Tally> series(
            String kind, Filter filter, List<String> by, List<Long> instants, int knownAt) {
        long[] points = instants.stream().mapToLong(Long::longValue).toArray();
        List<List<Count>> counts =
                index.read(view -> view.kind(kind).series(filter, by, points, knownAt));
        List<Tally> series = new ArrayList<>(points.length);
        for (int i = 0; i < points.length; i++) {
            series.add(new Tally(points[i], counts.get(i)));
        }
        return series;
    }

    /**
     * How many states began within each bucket, of things of these kinds, by effective time: that a
     * thing appeared, became another or was removed. Facts of one thing effective at the same
     * instant make one state. An instant at which all facts were retracted still counts: the index
     * knows that a fact was taken back there, and not whether another one is left.
     *
     * @param facets of the states before or after which counts; empty for all
     */
    public long[] changes(
            Collection<String> kinds,
            Map<String, Set<@Nullable String>> facets,
            Buckets buckets,
            int knownAt) {
        long[] bounds = new long[buckets.number() + 1];
        for (int i = 0; i < bounds.length; i++) {
            bounds[i] = buckets.start(i);
        }
        Filter filter = new Filter(facets, Filter.Presence.PRESENT, null);
        return index.read(
                view -> {
                    long[] changes = new long[buckets.number()];
                    for (String kind : kinds) {
                        KindView things = view.kind(kind);
                        long[] ofKind =
                                facets.isEmpty()
                                        ? things.starts(bounds, knownAt)
                                        : things.starts(filter, bounds, knownAt);
                        for (int i = 0; i < changes.length; i++) {
                            changes[i] += ofKind[i];
                        }
                    }
                    return changes;
                });
    }
}
