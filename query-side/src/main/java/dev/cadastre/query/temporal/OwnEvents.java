package dev.cadastre.query.temporal;

/**
 * Finds the events of one kind by their own instants. Each event creates a version at its own
 * instant first, and boundaries between versions never vanish: so every boundary is in the change
 * log once, and the first row of each position tells where its event belongs.
 */
final class OwnEvents {

    private final KindIndex kind;
    private final int rowLimit;
    private final EventVisitor visitor;
    private final Cost cost;
    private final TimelineCursor timeline = new TimelineCursor();

    /** Where the events of one boundary begin and end within the entity's entries. */
    private int told;

    private long reached;

    OwnEvents(KindIndex kind, int knownAt, EventVisitor visitor, Cost cost) {
        this.kind = kind;
        this.rowLimit = kind.rows.limit(knownAt);
        this.visitor = visitor;
        this.cost = cost;
    }

    /**
     * @return the instant up to which all events were told
     */
    long tell(long after, long upTo, int enough) {
        reached = upTo;
        kind.log.walk(
                after,
                (instant, row, _) -> {
                    if (instant > upTo) {
                        return false;
                    }
                    if (told >= enough && instant > reached) {
                        return false;
                    }
                    told += tellBoundary(kind.rows.entity(row), instant);
                    reached = told >= enough ? instant : upTo;
                    return true;
                });
        return reached;
    }

    /** How many events lie at a boundary of an entity, each of which is told. */
    private int tellBoundary(int entity, long instant) {
        kind.timelines.find(entity, timeline);
        int last = timeline.lastAt(instant);
        int first = last;
        while (first > 0 && timeline.validFrom(first - 1) == instant) {
            first--;
        }
        cost.entries += last - first + 1;
        int events = 0;
        for (int entry = first; entry <= last; entry++) {
            events += isOwn(timeline.row(entry)) ? 1 : 0;
        }
        int before = 0;
        for (int entry = first; entry <= last; entry++) {
            int row = timeline.row(entry);
            if (isOwn(row)) {
                visitor.visit(entity, instant, kind.rows.recordedFrom(row), before++, events == 1);
            }
        }
        return events;
    }

    /** Whether a row stands for its event, and is known. */
    private boolean isOwn(int row) {
        return row < rowLimit && kind.rows.isFirstOfItsEvent(row);
    }
}
