package dev.cadastre.eventstore.sqlite;

import dev.cadastre.eventstore.commit.CommitHeader;
import dev.cadastre.eventstore.commit.LeafCheck;
import dev.cadastre.eventstore.log.Commit;
import dev.cadastre.eventstore.log.LogException;
import dev.cadastre.eventstore.log.StoredEvent;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads whole commits in order, and checks that each follows the one before it and that its events
 * are those that were hashed.
 */
final class CommitReading {

    private static final String FROM =
            "SELECT "
                    + CommitRow.COLUMNS
                    + " FROM commits WHERE position >= coalesce((SELECT position FROM commits"
                    + " WHERE position <= ? ORDER BY position DESC LIMIT 1), 0)"
                    + " ORDER BY position";
    private static final String BEFORE =
            "SELECT "
                    + CommitRow.COLUMNS
                    + " FROM commits WHERE position < ? ORDER BY position DESC LIMIT 1";
    private static final String EVENTS =
            "SELECT "
                    + EventRows.EVENT_COLUMNS
                    + " FROM events e WHERE e.position BETWEEN ? AND ? ORDER BY e.position";
    private static final String CHANGE_SETS =
            "SELECT "
                    + EventRows.CHANGE_SET_COLUMNS
                    + " FROM change_sets s WHERE s.position BETWEEN ? AND ? ORDER BY s.position";

    private final ReadingConnection connection;
    private final EventRows rows;

    CommitReading(ReadingConnection connection, EventRows rows) {
        this.connection = connection;
        this.rows = rows;
    }

    List<Commit> read(long fromPosition, int maxEvents) throws SQLException {
        List<CommitHeader> found = rowsFrom(fromPosition, maxEvents);
        if (found.isEmpty() || (found.size() == 1 && found.getFirst().next() <= fromPosition)) {
            return List.of();
        }
        check(found);
        return withEvents(found);
    }

    @Nullable CommitHeader before(long position) throws SQLException {
        PreparedStatement statement = connection.prepared(BEFORE);
        statement.setLong(1, position);
        try (ResultSet row = statement.executeQuery()) {
            return row.next() ? CommitRow.read(row) : null;
        }
    }

    private List<CommitHeader> rowsFrom(long fromPosition, int maxEvents) throws SQLException {
        List<CommitHeader> found = new ArrayList<>();
        PreparedStatement statement = connection.prepared(FROM);
        statement.setLong(1, fromPosition);
        long events = 0;
        try (ResultSet row = statement.executeQuery()) {
            while ((found.isEmpty() || events < maxEvents) && row.next()) {
                CommitHeader commit = CommitRow.read(row);
                found.add(commit);
                events += commit.events();
            }
        }
        return found;
    }

    private void check(List<CommitHeader> found) throws SQLException {
        CommitHeader previous = before(found.getFirst().position());
        for (CommitHeader commit : found) {
            if (previous == null) {
                commit.checkFirst();
            } else {
                commit.checkFollows(previous);
            }
            previous = commit;
        }
    }

    private List<Commit> withEvents(List<CommitHeader> found) throws SQLException {
        long first = found.getFirst().position();
        long last = found.getLast().next() - 1;
        PreparedStatement changeSets = connection.prepared(CHANGE_SETS);
        changeSets.setLong(1, first);
        changeSets.setLong(2, last);
        PreparedStatement events = connection.prepared(EVENTS);
        events.setLong(1, first);
        events.setLong(2, last);
        LeafCheck leaves = new LeafCheck(new LeafTiles(connection));
        List<Commit> commits = new ArrayList<>(found.size());
        try (ResultSet shared = changeSets.executeQuery();
                ResultSet event = events.executeQuery()) {
            EventRows.Shared next = nextShared(shared);
            EventRows.Shared current = null;
            for (CommitHeader commit : found) {
                List<StoredEvent> stored = new ArrayList<>(commit.events());
                for (long position = commit.position(); position < commit.next(); position++) {
                    if (!event.next() || event.getLong(1) != position) {
                        throw new LogException.Corrupt(position, "the event is missing");
                    }
                    if (next != null && next.position() == position) {
                        current = next;
                        next = nextShared(shared);
                    }
                    if (current == null) {
                        throw new LogException.Corrupt(position, "the change set is missing");
                    }
                    StoredEvent read = rows.event(event, current, commit.recordedAt());
                    leaves.check(read);
                    stored.add(read);
                }
                commits.add(
                        new Commit(
                                commit.position(),
                                commit.previous(),
                                commit.root(),
                                commit.recordedAt(),
                                commit.id(),
                                commit.epoch(),
                                stored));
            }
        }
        return commits;
    }

    private EventRows.@Nullable Shared nextShared(ResultSet row) throws SQLException {
        return row.next() ? rows.shared(row, 1) : null;
    }
}
