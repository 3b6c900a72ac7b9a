package dev.cadastre.query.temporal;

/** What is kept once per version, in order of creation; a row is a version's place in it. */
final class Rows {

    private static final int ABSENT = 0;

    private final IntColumn entities = new IntColumn();
    private final AscendingColumn recordedFrom = new AscendingColumn();
    private final NarrowColumn numbers = new NarrowColumn();

    /** 0 for a version that is not present, else one more than the number of its relation set. */
    private final NarrowColumn shapes = new NarrowColumn();

    private final NarrowColumn[] facets;
    private int count;

    Rows(int facetCount) {
        facets = new NarrowColumn[facetCount];
        for (int facet = 0; facet < facetCount; facet++) {
            facets[facet] = new NarrowColumn();
        }
    }

    int count() {
        return count;
    }

    int add(int entity, int number, int position, boolean present, int[] values, int relations) {
        int row = count++;
        entities.set(row, entity);
        recordedFrom.set(row, position);
        numbers.set(row, number);
        shapes.set(row, present ? relations + 1 : ABSENT);
        for (int facet = 0; facet < facets.length; facet++) {
            facets[facet].set(row, values[facet]);
        }
        return row;
    }

    int entity(int row) {
        return entities.get(row);
    }

    int number(int row) {
        return numbers.get(row);
    }

    int recordedFrom(int row) {
        return recordedFrom.get(row);
    }

    /** An event creates one row or more, the first of them at its own instant. */
    boolean isFirstOfItsEvent(int row) {
        return row == 0 || recordedFrom(row - 1) != recordedFrom(row);
    }

    boolean present(int row) {
        return shapes.get(row) != ABSENT;
    }

    int relations(int row) {
        int shape = shapes.get(row);
        return shape == ABSENT ? Vocabulary.NO_RELATIONS : shape - 1;
    }

    int value(int row, int facet) {
        return facets[facet].get(row);
    }

    int facets() {
        return facets.length;
    }

    /** Rows below the answer were recorded at or before a position. */
    int limit(int knownAt) {
        return recordedFrom.rowsUpTo(count, knownAt);
    }

    long heapBytes() {
        long bytes =
                entities.heapBytes()
                        + recordedFrom.heapBytes()
                        + numbers.heapBytes()
                        + shapes.heapBytes();
        for (NarrowColumn facet : facets) {
            bytes += facet.heapBytes();
        }
        return bytes;
    }
}
