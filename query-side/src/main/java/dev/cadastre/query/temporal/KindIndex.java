package dev.cadastre.query.temporal;

import java.util.Arrays;

/** Everything the index holds of one kind; changed by the writer under the index's lock. */
final class KindIndex {

    final KindVocabulary vocabulary;
    final Rows rows;
    final Timelines timelines = new Timelines();
    final ChangeLog log;
    final EndedRows ended = new EndedRows();
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
        log = new ChangeLog(rows);
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
            case VersionChange.Ended end -> end(end);
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
        int row = addRow(began);
        int entry = timelines.insert(entity, began.validFrom(), row, cursor);
        if (began.version() == 0) {
            order.add(entity);
        }
        postings.add(row, cursor);
        int after = cursor.entryBelievedAfter(entry);
        log.add(
                began.validFrom(),
                row,
                cursor.believedBefore(entry),
                after < 0 ? -1 : cursor.row(after),
                after < 0 ? 0 : cursor.validFrom(after));
    }

    /** Makes room for so many versions of an entity that an image is going to tell of. */
    void reserve(int entity, int versions) {
        timelines.reserve(entity, versions);
    }

    /** Takes up a version as an image keeps it, with its end, but for the logs and the order. */
    void restore(VersionChange.Began began, int recordedTo) {
        int entity = began.entity();
        if (entity < 0
                || entity >= vocabulary.entities()
                || began.version() != timelines.size(entity)) {
            throw new IllegalArgumentException("no entity has the next version of " + began);
        }
        int row = addRow(began);
        int entry = timelines.insert(entity, began.validFrom(), row, cursor);
        postings.add(row, cursor);
        lastChange = Math.max(lastChange, began.position());
        if (recordedTo != Version.STILL_BELIEVED) {
            cursor.end(entry, recordedTo);
            ended.restore(row, began.validFrom(), recordedTo);
            lastChange = Math.max(lastChange, recordedTo);
        }
    }

    /** Fills the change log from what an image keeps of it. */
    LogRestorer restoreLog() {
        ended.order();
        return new LogRestorer();
    }

    /** Enters the versions believed into the change log, which are given in its order. */
    final class LogRestorer {
        private final int[] last = new int[vocabulary.entities()];

        LogRestorer() {
            Arrays.fill(last, Timelines.NONE);
        }

        void restore(long validFrom, int row) {
            int entity = rows.entity(row);
            log.append(validFrom, row, last[entity]);
            last[entity] = row;
        }
    }

    private int addRow(VersionChange.Began began) {
        return rows.add(
                began.entity(),
                began.version(),
                began.position(),
                began.present(),
                began.facets(),
                began.relations());
    }

    private void end(VersionChange.Ended change) {
        timelines.find(change.entity(), cursor);
        int entry = entryOfNumber(change.version(), cursor);
        if (entry < 0 || cursor.recordedTo(entry) != Version.STILL_BELIEVED) {
            throw new IllegalArgumentException("no version is believed that ends by " + change);
        }
        cursor.end(entry, change.position());
        ended.add(cursor.row(entry), cursor.validFrom(entry), change.position());
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

    /** The version that an entry tells of. */
    Version version(TimelineCursor timeline, int entry) {
        int row = timeline.row(entry);
        return new Version(
                timeline.entity,
                rows.number(row),
                row,
                timeline.validFrom(entry),
                rows.recordedFrom(row),
                timeline.recordedTo(entry),
                rows.present(row));
    }

    long heapBytes() {
        return rows.heapBytes()
                + timelines.heapBytes()
                + log.heapBytes()
                + ended.heapBytes()
                + postings.heapBytes()
                + order.heapBytes();
    }
}
