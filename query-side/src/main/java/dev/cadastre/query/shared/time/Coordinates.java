package dev.cadastre.query.shared.time;

/**
 * Where on the two time axes an answer lies.
 *
 * @param asOf valid instant, microseconds since 1970
 * @param knownAt recorded instant, microseconds since 1970
 * @param position the last position that counts; -1 for none
 * @param isFinal whether the answer never changes: its known-at was asked for, and a commit after
 *     it has been applied
 * @param isMemento whether it was asked for with {@code Accept-Datetime}, or by the address of a
 *     memento: what was known at an instant of that instant
 */
public record Coordinates(
        long asOf, long knownAt, long position, boolean isFinal, boolean isMemento) {

    /** The same knowledge, of another valid instant. */
    public Coordinates withAsOf(long valid) {
        return new Coordinates(valid, knownAt, position, isFinal, isMemento);
    }
}
