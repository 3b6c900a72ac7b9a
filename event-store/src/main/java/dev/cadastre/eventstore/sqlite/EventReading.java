package dev.cadastre.eventstore.sqlite;

import dev.cadastre.eventstore.log.LogException;
import dev.cadastre.eventstore.log.StoredEvent;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads events wherever they lie, each with its change set and its commit's recorded time. */
final class EventReading {

    private static final String SELECT =
            "SELECT "
                    + EventRows.EVENT_COLUMNS
                    + ", c.recorded_at, "
                    + EventRows.CHANGE_SET_COLUMNS
                    + " FROM events e"
                    + " JOIN change_sets s ON s.position = e.position - e.place"
                    + " JOIN commits c ON c.position = s.position - s.place";
    private static final String OF_STREAM =
            SELECT + " WHERE e.stream = ? AND e.sequence >= ? ORDER BY e.sequence";
    private static final String OF_POSITIONS =
            SELECT + " WHERE e.position BETWEEN ? AND ? ORDER BY e.position";

    private static final int RECORDED_AT = 9;
    private static final int CHANGE_SET = 10;

    private final ReadingConnection connection;
    private final EventRows rows;

    EventReading(ReadingConnection connection, EventRows rows) {
        this.connection = connection;
        this.rows = rows;
    }

    List<StoredEvent> ofStream(long stream, long fromSequenceNumber) throws SQLException {
        List<StoredEvent> events = read(OF_STREAM, stream, Math.max(0, fromSequenceNumber));
        long expected = Math.max(0, fromSequenceNumber);
        for (StoredEvent event : events) {
            if (event.envelope().sequenceNumber() != expected++) {
                throw new LogException.Corrupt(
                        event.position(),
                        "the stream "
                                + event.envelope().stream()
                                + " lacks sequence number "
                                + (expected - 1));
            }
        }
        return events;
    }

    List<StoredEvent> between(long first, long last) throws SQLException {
        return read(OF_POSITIONS, first, last);
    }

    private List<StoredEvent> read(String sql, long first, long second) throws SQLException {
        PreparedStatement statement = connection.prepared(sql);
        statement.setLong(1, first);
        statement.setLong(2, second);
        List<StoredEvent> events = new ArrayList<>();
        EventRows.Shared shared = null;
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                if (shared == null || shared.position() != row.getLong(CHANGE_SET)) {
                    shared = rows.shared(row, CHANGE_SET);
                }
                events.add(rows.event(row, shared, row.getLong(RECORDED_AT)));
            }
        }
        return events;
    }
}
