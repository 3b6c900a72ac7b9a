package dev.cadastre.query.temporal;

/** The commits applied: where each ends and when it was recorded, both ascending. */
final class Commits {

    private final IntColumn lastPositions = new IntColumn();
    private final LongColumn recordedAt = new LongColumn();
    private int count;

    void add(int lastPosition, long recorded) {
        if (lastPosition <= position()) {
            throw new IllegalArgumentException(
                    "a commit that ends at position "
                            + lastPosition
                            + " does not follow one that ends at "
                            + position());
        }
        if (count > 0 && recorded <= recordedAt.get(count - 1)) {
            throw new IllegalArgumentException(
                    "the commit that ends at position "
                            + lastPosition
                            + " was not recorded after the one before it");
        }
        lastPositions.set(count, lastPosition);
        recordedAt.set(count, recorded);
        count++;
    }

    int count() {
        return count;
    }

    int lastPosition(int commit) {
        return lastPositions.get(commit);
    }

    long recordedAt(int commit) {
        return recordedAt.get(commit);
    }

    int position() {
        return count == 0 ? -1 : lastPositions.get(count - 1);
    }

    /** The last position recorded at or before an instant; -1 if none. */
    int positionAt(long instant) {
        int commits = recordedAt.rowsUpTo(count, instant);
        return commits == 0 ? -1 : lastPositions.get(commits - 1);
    }

    /** The commit that holds a position from 0 to {@link #position()}. */
    int holding(int position) {
        return lastPositions.rowsUpTo(count, position - 1);
    }

    long heapBytes() {
        return lastPositions.heapBytes() + recordedAt.heapBytes();
    }
}
