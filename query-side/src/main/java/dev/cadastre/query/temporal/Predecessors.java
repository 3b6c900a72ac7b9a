package dev.cadastre.query.temporal;

/** Finds the version that another takes over from, as now believed. One per thread. */
final class Predecessors {

    private final Rows rows;
    private final Timelines timelines;
    private final TimelineCursor cursor = new TimelineCursor();

    Predecessors(Rows rows, Timelines timelines) {
        this.rows = rows;
        this.timelines = timelines;
    }

    /** The row believed before a given one of the same entity, or -1. */
    int before(int row) {
        timelines.find(rows.entity(row), cursor);
        return cursor.believedBefore(cursor.entryOf(row));
    }
}
