package dev.cadastre.query.versions.store;

/**
 * Where a body lies: the position of the event that created the version (which names the entity, an
 * event being of one stream), and the version's number within its entity. Keys are created in
 * ascending order.
 */
public record BodyKey(long position, int version) implements Comparable<BodyKey> {

    public BodyKey {
        if (position < 0 || version < 0) {
            throw new IllegalArgumentException("neither position nor version is negative");
        }
    }

    @Override
    public int compareTo(BodyKey other) {
        int byPosition = Long.compare(position, other.position);
        return byPosition != 0 ? byPosition : Integer.compare(version, other.version);
    }
}
