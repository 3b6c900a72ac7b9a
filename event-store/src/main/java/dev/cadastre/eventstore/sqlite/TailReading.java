package dev.cadastre.eventstore.sqlite;

import dev.cadastre.eventstore.commit.CommitHeader;
import dev.cadastre.eventstore.commit.StoreTail;
import dev.cadastre.eventstore.log.LogException;
import dev.cadastre.eventstore.log.LogHead;
import dev.cadastre.eventstore.log.StoredEvent;
import dev.cadastre.eventstore.merkle.GrowingTree;
import dev.cadastre.eventstore.merkle.Tile;
import dev.cadastre.eventstore.merkle.TreeHasher;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the end of the log, and the right edge of its tree from the tiles. */
final class TailReading {

    private static final String LAST =
            "SELECT " + CommitRow.COLUMNS + " FROM commits ORDER BY position DESC LIMIT 1";
    private static final String EVENTS =
            "SELECT position FROM events ORDER BY position DESC LIMIT 1";
    private static final String TILE = "SELECT hashes FROM tiles WHERE level = ? AND number = ?";

    private final ReadingConnection connection;
    private final EventReading events;
    private final CommitReading commits;

    TailReading(ReadingConnection connection, EventReading events, CommitReading commits) {
        this.connection = connection;
        this.events = events;
        this.commits = commits;
    }

    LogHead head() throws SQLException {
        return CommitHeader.headAfter(last());
    }

    StoreTail tail() throws SQLException {
        CommitHeader last = last();
        checkNothingBehind(last == null ? 0 : last.next());
        if (last == null) {
            return new StoreTail(head(), 0, new GrowingTree());
        }
        checkFollows(last);
        GrowingTree tree = treeOf(last.next());
        if (!Arrays.equals(tree.root(), last.root())) {
            throw new LogException.Corrupt(
                    last.position(), "the root of the stored tree is not the commit's root");
        }
        return new StoreTail(head(), last.epoch(), tree);
    }

    private void checkNothingBehind(long size) throws SQLException {
        try (ResultSet row = connection.prepared(EVENTS).executeQuery()) {
            if (row.next() && row.getLong(1) >= size) {
                throw new LogException.Corrupt(size, "events lie behind the last commit");
            }
        }
    }

    private void checkFollows(CommitHeader last) throws SQLException {
        CommitHeader before = commits.before(last.position());
        if (before == null) {
            last.checkFirst();
        } else {
            last.checkFollows(before);
        }
    }

    private @Nullable CommitHeader last() throws SQLException {
        try (ResultSet row = connection.prepared(LAST).executeQuery()) {
            return row.next() ? CommitRow.read(row) : null;
        }
    }

    private GrowingTree treeOf(long size) throws SQLException {
        TreeHasher hasher = new TreeHasher();
        long open = size - size % Tile.WIDTH;
        List<byte[]> leaves = new ArrayList<>();
        for (StoredEvent event : events.between(open, size - 1)) {
            leaves.add(hasher.leaf(event.envelopeBytes()));
        }
        if (leaves.size() != size - open) {
            throw new LogException.Corrupt(open, "events are missing at the end of the log");
        }
        return GrowingTree.resume(size, this::tile, leaves);
    }

    private Tile tile(int level, long number) {
        try {
            PreparedStatement statement = connection.prepared(TILE);
            statement.setInt(1, level);
            statement.setLong(2, number);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    throw new LogException.Corrupt(
                            -1, "tile " + number + " of level " + level + " is missing");
                }
                return new Tile(level, number, row.getBytes(1));
            }
        } catch (SQLException e) {
            throw Failures.of("Reading a tile", e);
        }
    }
}
