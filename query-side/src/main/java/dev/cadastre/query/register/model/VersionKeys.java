package dev.cadastre.query.register.model;

import dev.cadastre.query.temporal.Version;
import dev.cadastre.query.versions.store.BodyKey;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;

/** Keys of bodies, eight bytes each: a whole register's worth fits the heap easily. */
public final class VersionKeys extends AbstractList<BodyKey> {

    private long[] packed = new long[64];
    private int size;

    /** Adds the key of the body of a version of the index. */
    public void add(Version version) {
        if (size == packed.length) {
            packed = Arrays.copyOf(packed, 2 * size);
        }
        packed[size++] = (long) version.recordedFrom() << 32 | version.number();
    }

    @Override
    public BodyKey get(int place) {
        if (place >= size) {
            throw new IndexOutOfBoundsException(place);
        }
        return new BodyKey(packed[place] >>> 32, (int) packed[place]);
    }

    @Override
    public int size() {
        return size;
    }

    /** The same keys in another order. */
    public VersionKeys inOrder(List<Integer> places) {
        VersionKeys ordered = new VersionKeys();
        ordered.packed = new long[Math.max(1, places.size())];
        for (int place : places) {
            ordered.packed[ordered.size++] = packed[place];
        }
        return ordered;
    }
}
