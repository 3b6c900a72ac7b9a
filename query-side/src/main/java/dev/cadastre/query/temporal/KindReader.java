package dev.cadastre.query.temporal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Answers questions about one kind from its index. */
final class KindReader implements KindView {

    private final KindIndex kind;
    private final Cost cost;

    KindReader(KindIndex kind, Cost cost) {
        this.kind = kind;
        this.cost = cost;
    }

    @Override
    public Vocabulary vocabulary() {
        return kind.vocabulary;
    }

    @Override
    public int lastChange() {
        return kind.lastChange();
    }

    @Override
    public @Nullable Version version(int entity, Coordinates at) {
        TimelineCursor timeline = timeline(entity);
        int entry = search(Filter.ALL, at).entryAt(timeline);
        return entry < 0 ? null : kind.version(timeline, entry);
    }

    @Override
    public @Nullable Version version(int entity, int number) {
        TimelineCursor timeline = timeline(entity);
        int entry = kind.entryOfNumber(number, timeline);
        return entry < 0 ? null : kind.version(timeline, entry);
    }

    @Override
    public int versions(int entity) {
        return kind.timelines.size(entity);
    }

    @Override
    public List<Version> believed(int entity, int knownAt) {
        TimelineCursor timeline = timeline(entity);
        int rowLimit = kind.rows.limit(knownAt);
        List<Version> believed = new ArrayList<>();
        for (int entry = 0; entry < timeline.size; entry++) {
            if (timeline.believed(entry, rowLimit, knownAt)) {
                believed.add(kind.version(timeline, entry));
            }
        }
        cost.entries += timeline.size;
        return believed;
    }

    @Override
    public List<Version> allVersions(int entity) {
        TimelineCursor timeline = timeline(entity);
        List<Version> versions = new ArrayList<>();
        for (int entry = 0; entry < timeline.size; entry++) {
            versions.add(kind.version(timeline, entry));
        }
        cost.entries += timeline.size;
        versions.sort(Comparator.comparingInt(Version::number));
        return versions;
    }

    @Override
    public boolean matches(Version version, Filter filter) {
        return new RowFilter(filter, kind).matches(version.row());
    }

    @Override
    public int value(int row, int facet) {
        return kind.rows.value(row, facet);
    }

    @Override
    public List<RelationTo> relations(int row) {
        int[] pairs = kind.vocabulary.pairs(kind.rows.relations(row));
        List<RelationTo> relations = new ArrayList<>(pairs.length / 2);
        for (int i = 0; i < pairs.length; i += 2) {
            relations.add(new RelationTo(pairs[i + 1], pairs[i]));
        }
        return relations;
    }

    @Override
    public Page page(Filter filter, Coordinates at, PageRequest request) {
        return new Paging(kind, search(filter, at), request).page(this::version);
    }

    @Override
    public void forEach(Filter filter, Coordinates at, Consumer<Version> action) {
        Search search = search(filter, at);
        if (search.candidates() < kind.order.size() / 4) {
            FirstRows matches =
                    new FirstRows(new RowOrder(kind, PageRequest.byId(0, 0)), Integer.MAX_VALUE);
            search.forEach(matches::add);
            Arrays.stream(matches.inOrder()).mapToObj(this::version).forEach(action);
            return;
        }
        kind.order.walk(
                -1,
                false,
                entity -> {
                    int row = search.matchAt(entity);
                    if (row >= 0) {
                        action.accept(version(row));
                    }
                    return true;
                });
    }

    @Override
    public List<Count> counts(Filter filter, List<String> by, Coordinates at) {
        Grouping grouping = new Grouping(kind, by);
        Search search = search(filter, at);
        if (!search.sumByLog(grouping)) {
            search.forEach(grouping::add);
        }
        return grouping.result();
    }

    @Override
    public List<List<Count>> series(Filter filter, List<String> by, long[] instants, int knownAt) {
        List<List<Count>> series = new ArrayList<>(instants.length);
        for (long instant : instants) {
            series.add(counts(filter, by, new Coordinates(instant, knownAt)));
        }
        return series;
    }

    @Override
    public long[] starts(long[] bounds, int knownAt) {
        return new Starts(kind, knownAt, cost).within(bounds);
    }

    @Override
    public long[] starts(Filter filter, long[] bounds, int knownAt) {
        return new Starts(kind, knownAt, cost).within(bounds, new RowFilter(filter, kind));
    }

    @Override
    public long nextStart(long after, int knownAt) {
        return new Starts(kind, knownAt, cost).next(after);
    }

    @Override
    public long events(long after, long upTo, int knownAt, int enough, EventVisitor visitor) {
        return new OwnEvents(kind, knownAt, visitor, cost).tell(after, upTo, enough);
    }

    @Override
    public int[] events(int entity, Coordinates from, Coordinates to) {
        return new EventsBetween(kind.rows, cost, from, to).positions(timeline(entity));
    }

    @Override
    public List<Impact.Edge> inbound(int entity, Coordinates at) {
        return new Walk(kind, search(Filter.ALL, at), null, cost).inboundOf(entity);
    }

    @Override
    public Impact impact(
            int start,
            Coordinates at,
            Impact.Direction direction,
            int depth,
            @Nullable Set<Integer> types) {
        return new Walk(kind, search(Filter.ALL, at), types, cost).run(start, direction, depth);
    }

    @Override
    public List<Difference> differences(Coordinates from, Coordinates to) {
        return new Differences(kind, search(Filter.ALL, from), search(Filter.ALL, to), cost)
                .between(from, to);
    }

    private Search search(Filter filter, Coordinates at) {
        return new Search(kind, new RowFilter(filter, kind), at, cost);
    }

    private TimelineCursor timeline(int entity) {
        TimelineCursor cursor = new TimelineCursor();
        kind.timelines.find(entity, cursor);
        return cursor;
    }

    private Version version(int row) {
        TimelineCursor timeline = timeline(kind.rows.entity(row));
        return kind.version(timeline, timeline.entryOf(row));
    }
}
