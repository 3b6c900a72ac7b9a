package dev.cadastre.query.temporal;

/** Everything the index holds of one kind; changed by the writer under the index's lock. */
final class KindIndex {

    final KindVocabulary vocabulary;
    final Rows rows;
    final Timelines timelines = new Timelines();
    final ChangeLog log;
    final Postings postings;
    final IdOrder order;
    final ValueOrder valueOrder;

    private final TimelineCursor cursor = new TimelineCursor();

    /** Values per facet when the writer last published; it may intern more while others read. */
    private final int[] values;

    private int lastChange = -1;

    KindIndex(EntityKind kind) {
        vocabulary = new KindVocabulary(kind);
        rows = new Rows(kind.facets().size());
        log = new ChangeLog(rows, new Predecessors(rows, timelines));
        postings = new Postings(rows, vocabulary);
        order = new IdOrder(vocabulary);
        valueOrder = new ValueOrder(vocabulary);
        values = new int[kind.facets().size()];
        publish();
    }

    /** Makes ready what readers rely on: values interned so far, sums over the change log. */
    void publish() {
        for (int facet = 0; facet < values.length; facet++) {
            values[facet] = vocabulary.values(facet);
        }
        log.publish();
    }

    /** How many values of a facet rows can have. */
    int values(int facet) {
        return values[facet];
    }

    /** Position of the last event that changed anything here; what is known later is the same. */
    int lastChange() {
        return lastChange;
    }

    /** Applies a change; refuses one that does not continue what is held, changing nothing. */
    void apply(VersionChange change) {
        if (change.entity() < 0 || change.entity() >= vocabulary.entities()) {
            throw new IllegalArgumentException("no entity has the number of " + change);
        }
        if (change.position() < lastChange) {
            throw new IllegalArgumentException(
                    change + " lies before position " + lastChange + ", the last one applied");
        }
        switch (change) {
            case VersionChange.Began began -> begin(began);
            case VersionChange.Ended ended -> end(ended);
        }
        lastChange = change.position();
    }

    private void begin(VersionChange.Began began) {
        int entity = began.entity();
        if (began.version() != timelines.size(entity)) {
            throw new IllegalArgumentException(
                    "the next version of the entity is "
                            + timelines.size(entity)
                            + ", not as in "
                            + began);
        }
        if (began.facets().length != rows.facets()) {
            throw new IllegalArgumentException("one value per facet is needed in " + began);
        }
        int row = add(began);
        int entry = cursor.entryOf(row);
        int after = cursor.entryBelievedAfter(entry);
        log.add(
                began.validFrom(),
                row,
                cursor.believedBefore(entry),
                after < 0 ? -1 : cursor.row(after),
                after < 0 ? 0 : cursor.validFrom(after));
    }

    /** Takes up a version as an image keeps it, with its end, but for the change log. */
    void restore(VersionChange.Began began, int recordedTo) {
        int row = add(began);
        lastChange = Math.max(lastChange, began.position());
        if (recordedTo != Version.STILL_BELIEVED) {
            cursor.end(cursor.entryOf(row), recordedTo);
            lastChange = Math.max(lastChange, recordedTo);
        }
    }

    /** Enters a restored version into the change log, in the log's order. */
    void restoreToLog(int row) {
        timelines.find(rows.entity(row), cursor);
        int entry = cursor.entryOf(row);
        if (cursor.recordedTo(entry) != Version.STILL_BELIEVED) {
            throw new IllegalArgumentException("row " + row + " is not believed");
        }
        log.add(cursor.validFrom(entry), row, cursor.believedBefore(entry), -1, 0);
    }

    /** Adds the version to all but the change log, and points the cursor at its entity. */
    private int add(VersionChange.Began began) {
        int row =
                rows.add(
                        began.entity(),
                        began.version(),
                        began.position(),
                        began.present(),
                        began.facets(),
                        began.relations());
        timelines.insert(began.entity(), began.validFrom(), row, cursor);
        if (began.version() == 0) {
            order.add(began.entity());
        }
        postings.add(row, cursor);
        return row;
    }

    private void end(VersionChange.Ended ended) {
        timelines.find(ended.entity(), cursor);
        int entry = entryOfNumber(ended.version(), cursor);
        if (entry < 0 || cursor.recordedTo(entry) != Version.STILL_BELIEVED) {
            throw new IllegalArgumentException("no version is believed that ends by " + ended);
        }
        cursor.end(entry, ended.position());
        int after = cursor.entryBelievedAfter(entry);
        log.remove(
                cursor.validFrom(entry),
                cursor.row(entry),
                cursor.believedBefore(entry),
                after < 0 ? -1 : cursor.row(after),
                after < 0 ? 0 : cursor.validFrom(after));
    }

    /** The entry with a version's number; -1 if there is none. */
    int entryOfNumber(int number, TimelineCursor timeline) {
        for (int entry = timeline.size - 1; entry >= 0; entry--) {
            if (rows.number(timeline.row(entry)) == number) {
                return entry;
            }
        }
        return -1;
    }

    long heapBytes() {
        return rows.heapBytes()
                + timelines.heapBytes()
                + log.heapBytes()
                + postings.heapBytes()
                + order.heapBytes();
    }
}
