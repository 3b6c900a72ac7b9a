package dev.cadastre.query.temporal;

import java.util.Arrays;

/**
 * Finds the events of one entity that can tell its states at two coordinates apart. A fact that
 * counts at one of them only has its instant between theirs, or it, or what takes it back, was
 * recorded between their positions. What takes a fact back has the fact's instant as its own.
 */
final class EventsBetween {

    private final Rows rows;
    private final Cost cost;
    private final long first;
    private final long last;
    private final int earlier;
    private final int later;

    EventsBetween(Rows rows, Cost cost, Coordinates from, Coordinates to) {
        this.rows = rows;
        this.cost = cost;
        this.first = Math.min(from.asOf(), to.asOf());
        this.last = Math.max(from.asOf(), to.asOf());
        this.earlier = Math.min(from.knownAt(), to.knownAt());
        this.later = Math.max(from.knownAt(), to.knownAt());
    }

    /** Their positions, ascending. */
    int[] positions(TimelineCursor timeline) {
        IntList found = new IntList();
        int end;
        for (int begin = 0; begin < timeline.size; begin = end) {
            long instant = timeline.validFrom(begin);
            boolean between = instant > first && instant <= last;
            for (end = begin; end < timeline.size && timeline.validFrom(end) == instant; end++) {
                between |= wasRecordedBetween(timeline.row(end));
            }
            if (between) {
                addEvents(timeline, begin, end, found);
            }
        }
        cost.entries += timeline.size;
        int[] positions = found.toArray();
        Arrays.sort(positions);
        return positions;
    }

    private boolean wasRecordedBetween(int row) {
        int position = rows.recordedFrom(row);
        return position > earlier && position <= later && rows.isFirstOfItsEvent(row);
    }

    private void addEvents(TimelineCursor timeline, int begin, int end, IntList found) {
        for (int entry = begin; entry < end; entry++) {
            int row = timeline.row(entry);
            if (rows.isFirstOfItsEvent(row)) {
                found.add(rows.recordedFrom(row));
            }
        }
    }
}
