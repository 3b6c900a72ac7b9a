package dev.cadastre.query.register.current;

import dev.cadastre.query.register.bodies.Bodies;
import dev.cadastre.query.register.kinds.RegisterKind;
import dev.cadastre.query.temporal.Coordinates;
import dev.cadastre.query.temporal.Difference;
import dev.cadastre.query.temporal.KindView;
import dev.cadastre.query.temporal.Version;
import dev.cadastre.query.temporal.View;
import dev.cadastre.query.versions.store.BodyKey;
import dev.cadastre.query.versions.store.CurrentRow;
import dev.cadastre.query.versions.store.CurrentTable;
import dev.cadastre.query.versions.store.CurrentToken;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What brings the current register from one token to a later one.
 *
 * @param changes entities whose version is another one, by kind and id
 * @param nextBoundary the next instant from which on more may differ, microseconds; {@link
 *     Long#MAX_VALUE} if none is known
 */
record Turn(CurrentToken to, List<Change> changes, long nextBoundary) {

    private static final int PORTION = 500;

    /** An entity whose version is now this one; null if there is none yet. */
    private record Change(CurrentTable table, String id, @Nullable Version version) {}

    /**
     * Finds what differs.
     *
     * @param now valid time, microseconds
     */
    static Turn from(CurrentToken reached, View view, long now) {
        CurrentToken to =
                new CurrentToken(view.position(), view.root(), Math.max(now, view.recordedAt()));
        Coordinates before = coordinates(reached);
        Coordinates after = coordinates(to);
        List<Change> changes = new ArrayList<>();
        long nextBoundary = Long.MAX_VALUE;
        for (RegisterKind kind : RegisterKind.values()) {
            KindView entities = view.kind(kind.word());
            nextBoundary =
                    Math.min(nextBoundary, entities.nextStart(after.asOf(), after.knownAt()));
            for (Difference difference : entities.differences(before, after)) {
                changes.add(
                        new Change(
                                tableOf(kind),
                                entities.vocabulary().id(difference.entity()),
                                difference.to()));
            }
        }
        return new Turn(to, changes, nextBoundary);
    }

    private static CurrentTable tableOf(RegisterKind kind) {
        return switch (kind) {
            case ASSET -> CurrentTable.ASSETS;
            case CI -> CurrentTable.CIS;
        };
    }

    private static Coordinates coordinates(CurrentToken token) {
        return new Coordinates(token.asOf(), Math.toIntExact(token.position()));
    }

    /** The rows, whose bodies are read as they are asked for. */
    Iterator<List<CurrentRow>> rows(Bodies bodies) {
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < changes.size();
            }

            @Override
            public List<CurrentRow> next() {
                int end = Math.min(next + PORTION, changes.size());
                List<CurrentRow> rows = rows(changes.subList(next, end), bodies);
                next = end;
                return rows;
            }
        };
    }

    private static List<CurrentRow> rows(List<Change> portion, Bodies bodies) {
        List<BodyKey> keys = new ArrayList<>(portion.size());
        for (Change change : portion) {
            if (change.version() != null) {
                keys.add(Bodies.keyOf(change.version()));
            }
        }
        Iterator<byte[]> read = bodies.readPassing(keys).iterator();
        List<CurrentRow> rows = new ArrayList<>(portion.size());
        for (Change change : portion) {
            byte @Nullable [] json = change.version() == null ? null : read.next();
            rows.add(new CurrentRow(change.table(), change.id(), json));
        }
        return rows;
    }
}
