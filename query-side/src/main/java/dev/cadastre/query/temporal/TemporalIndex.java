package dev.cadastre.query.temporal;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;

/**
 * The temporal index: for every entity the versions it was ever believed to have, with their bounds
 * on both time axes, facet values and relations, so that any view can be had as of any instant and
 * as known at any position.
 *
 * <p>One thread writes: it interns through {@link #vocabulary} whenever it likes and hands over
 * whole commits with {@link #apply}. Any number of threads read, each through {@link #read}, and
 * see commit ends only.
 */
public final class TemporalIndex {

    public TemporalIndex(List<EntityKind> kinds) {}

    /** The numbers of a kind's entities, facet values and relations. */
    public Vocabulary vocabulary(String kind) {
        throw new UnsupportedOperationException();
    }

    /**
     * Takes the next commits and shows them to readers all at once. Everything is checked before
     * anything is changed.
     *
     * @param root root hash of the log after the last of them, kept for {@link #save}
     * @throws IllegalArgumentException if positions or version numbers do not continue those held
     */
    public void apply(List<CommitChanges> commits, byte[] root) {
        throw new UnsupportedOperationException();
    }

    /** Lets a function read; the writer waits for it, so it should not wait for others. */
    public <T> T read(Function<View, T> question) {
        throw new UnsupportedOperationException();
    }

    /** Bytes of heap held by the index's arrays; texts are counted by their length. */
    public long heapBytes() {
        throw new UnsupportedOperationException();
    }

    /** How many versions are held, of all kinds. */
    public long versions() {
        throw new UnsupportedOperationException();
    }

    /** Writes the image ({@code docs/formats/index-image.md}); the writer waits for it. */
    public void save(DataOutput out) throws IOException {
        throw new UnsupportedOperationException();
    }

    /**
     * Reads an image.
     *
     * @throws DamagedImage if it is not an image of this format and these kinds, is damaged or ends
     *     early
     */
    public static TemporalIndex load(List<EntityKind> kinds, DataInput in) throws IOException {
        throw new UnsupportedOperationException();
    }
}
