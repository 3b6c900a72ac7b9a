package dev.cadastre.query.temporal;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

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

    private final List<EntityKind> kinds;
    private final Map<String, KindIndex> indexes = new LinkedHashMap<>();
    private final Commits commits = new Commits();

    /**
     * Fair, for readers are virtual threads: with an unfair lock, busy readers can keep the
     * carriers from a reader that is first in the queue, and with it the writer behind it, for
     * ever.
     */
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock(true);

    private final LongAdder entriesTouched = new LongAdder();
    private byte[] root = {};
    private @Nullable RuntimeException failure;

    /** An empty index for entities of these kinds. */
    public TemporalIndex(List<EntityKind> kinds) {
        this.kinds = List.copyOf(kinds);
        for (EntityKind kind : kinds) {
            if (indexes.put(kind.name(), new KindIndex(kind)) != null) {
                throw new IllegalArgumentException("kind " + kind.name() + " is declared twice");
            }
        }
    }

    /** The numbers of a kind's entities, facet values and relations. */
    public Vocabulary vocabulary(String kind) {
        return index(kind).vocabulary;
    }

    private KindIndex index(String kind) {
        KindIndex index = indexes.get(kind);
        if (index == null) {
            throw new IllegalArgumentException(
                    "no kind is named " + kind + ", only " + indexes.keySet());
        }
        return index;
    }

    /**
     * Takes the next commits and shows them to readers all at once.
     *
     * @param root root hash of the log after the last of them, kept for {@link #save}
     * @throws IllegalArgumentException if positions or version numbers do not continue those held.
     *     A part may have been applied by then, so the index answers nothing more: rebuild it
     */
    public void apply(List<CommitChanges> next, byte[] root) {
        Lock writing = lock.writeLock();
        writing.lock();
        try {
            refuseAfterFailure();
            for (CommitChanges commit : next) {
                for (VersionChange change : commit.changes()) {
                    apply(commit, change);
                }
                commits.add(commit.lastPosition(), commit.recordedAt());
            }
            indexes.values().forEach(KindIndex::publish);
            this.root = root.clone();
        } catch (RuntimeException e) {
            failure = e;
            throw e;
        } finally {
            writing.unlock();
        }
    }

    private void apply(CommitChanges commit, VersionChange change) {
        if (change.position() <= commits.position() || change.position() > commit.lastPosition()) {
            throw new IllegalArgumentException(
                    change + " is not of the commit that ends at " + commit.lastPosition());
        }
        index(change.kind()).apply(change);
    }

    private void refuseAfterFailure() {
        if (failure != null) {
            throw new IllegalStateException(
                    "the index took a change that does not fit and must be rebuilt", failure);
        }
    }

    /**
     * Lets a function read. The writer waits for it, and later readers for the writer: a long
     * answer is better taken in pages than in one piece, and nothing should be waited for inside.
     */
    public <T> T read(Function<View, T> question) {
        Lock reading = lock.readLock();
        reading.lock();
        try {
            refuseAfterFailure();
            IndexView view = new IndexView(commits, indexes, root);
            T answer = question.apply(view);
            entriesTouched.add(view.entriesTouched());
            return answer;
        } finally {
            reading.unlock();
        }
    }

    /** What all readers so far have cost together, see {@link View#entriesTouched}. */
    public long entriesTouched() {
        return entriesTouched.sum();
    }

    /** How many versions are held, of all kinds. */
    public long versions() {
        return read(view -> indexes.values().stream().mapToLong(kind -> kind.rows.count()).sum());
    }

    /** Bytes of heap held by the arrays, apart from the vocabularies. */
    public long heapBytes() {
        return read(
                view ->
                        commits.heapBytes()
                                + indexes.values().stream().mapToLong(KindIndex::heapBytes).sum());
    }

    /** Bytes of heap held by the vocabularies: ids, texts of values, relation sets. */
    public long vocabularyBytes() {
        return read(
                view ->
                        indexes.values().stream()
                                .mapToLong(kind -> kind.vocabulary.heapBytes())
                                .sum());
    }

    /** Writes the image ({@code docs/formats/index-image.md}); the writer waits for it. */
    public void save(DataOutput out) throws IOException {
        Lock reading = lock.readLock();
        reading.lock();
        try {
            refuseAfterFailure();
            new ImageWriter(out).write(commits, indexes.values(), root);
        } finally {
            reading.unlock();
        }
    }

    /**
     * Reads an image.
     *
     * @throws DamagedImage if it is not an image of this format and these kinds, is damaged or ends
     *     early
     */
    public static TemporalIndex load(List<EntityKind> kinds, DataInput in) throws IOException {
        TemporalIndex index = new TemporalIndex(kinds);
        index.root = new ImageReader(in).read(index.commits, index.kinds, index.indexes);
        return index;
    }
}
