package dev.cadastre.query.temporal;

import java.util.Map;

/** The view of one {@link TemporalIndex#read}. */
final class IndexView implements View {

    private final Commits commits;
    private final Map<String, KindIndex> kinds;
    private final byte[] root;
    private final Cost cost = new Cost();

    IndexView(Commits commits, Map<String, KindIndex> kinds, byte[] root) {
        this.commits = commits;
        this.kinds = kinds;
        this.root = root;
    }

    @Override
    public int position() {
        return commits.position();
    }

    @Override
    public long recordedAt() {
        return commits.count() == 0 ? Long.MIN_VALUE : commits.recordedAt(commits.count() - 1);
    }

    @Override
    public byte[] root() {
        return root.clone();
    }

    @Override
    public int positionAt(long recordedAt) {
        return commits.positionAt(recordedAt);
    }

    @Override
    public int commitEnd(long position) {
        if (position < 0) {
            return -1;
        }
        return position >= commits.position()
                ? commits.position()
                : commits.lastPosition(commits.holding((int) position));
    }

    @Override
    public long recordedAt(int position) {
        if (position < 0 || position > commits.position()) {
            throw new IllegalArgumentException(
                    "position " + position + " is not within 0 and " + commits.position());
        }
        return commits.recordedAt(commits.holding(position));
    }

    @Override
    public long beginning() {
        return commits.count() == 0 ? Long.MAX_VALUE : commits.recordedAt(0);
    }

    @Override
    public KindView kind(String name) {
        KindIndex kind = kinds.get(name);
        if (kind == null) {
            throw new IllegalArgumentException(
                    "no kind is named " + name + ", only " + kinds.keySet());
        }
        return new KindReader(kind, cost);
    }

    @Override
    public long entriesTouched() {
        return cost.entries;
    }
}
