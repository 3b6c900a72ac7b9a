package dev.cadastre.eventstore.sqlite;

import dev.cadastre.eventstore.log.ClaimRecord;
import dev.cadastre.eventstore.log.KeyRecord;
import dev.cadastre.eventstore.log.StreamHead;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Answers what the checks in the slot ask, each from an index. */
final class Lookups {

    private static final String HEAD =
            "SELECT sequence, position FROM events WHERE stream = ?"
                    + " ORDER BY sequence DESC LIMIT 1";
    private static final String TYPES_FROM =
            "SELECT type FROM events WHERE stream = ? AND sequence >= ?";
    private static final String KEY = "SELECT digest, last_position FROM keys WHERE text = ?";
    private static final String CLAIMS =
            "SELECT c.count, c.position, s.name FROM claims c"
                    + " JOIN events e ON e.position = c.position"
                    + " JOIN streams s ON s.id = e.stream WHERE c.value = ? ORDER BY c.count";
    private static final String LAST_CLAIM =
            "SELECT count FROM claims WHERE value = ? ORDER BY count DESC LIMIT 1";
    private static final String REFERENCING =
            "SELECT s.name FROM refs r JOIN events e ON e.position = r.position"
                    + " JOIN streams s ON s.id = e.stream WHERE r.target = ? AND r.position > ?"
                    + " GROUP BY s.id ORDER BY min(r.position)";
    private static final String LAST_REFERENCE =
            "SELECT position FROM refs WHERE target = ? ORDER BY position DESC LIMIT 1";

    /** Finds the number of a stream. */
    @FunctionalInterface
    interface StreamNumbers {

        /** {@link Texts#UNKNOWN} if it has none. */
        long of(String stream) throws SQLException;
    }

    private final ReadingConnection connection;
    private final StreamNumbers streams;
    private final Texts names;

    Lookups(ReadingConnection connection, StreamNumbers streams, Texts names) {
        this.connection = connection;
        this.streams = streams;
        this.names = names;
    }

    StreamHead streamHead(String stream) throws SQLException {
        long number = streams.of(stream);
        if (number == Texts.UNKNOWN) {
            return StreamHead.NONE;
        }
        PreparedStatement statement = connection.prepared(HEAD);
        statement.setLong(1, number);
        try (ResultSet row = statement.executeQuery()) {
            return row.next()
                    ? new StreamHead(row.getLong(1) + 1, row.getLong(2))
                    : StreamHead.NONE;
        }
    }

    boolean holdsEventFrom(String stream, List<String> types, long sequenceNumber)
            throws SQLException {
        long number = streams.of(stream);
        if (number == Texts.UNKNOWN) {
            return false;
        }
        PreparedStatement statement = connection.prepared(TYPES_FROM);
        statement.setLong(1, number);
        statement.setLong(2, sequenceNumber);
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                if (types.contains(names.of(connection, row.getLong(1)).text())) {
                    return true;
                }
            }
        }
        return false;
    }

    Optional<KeyRecord> key(String text) throws SQLException {
        PreparedStatement statement = connection.prepared(KEY);
        statement.setString(1, text);
        try (ResultSet row = statement.executeQuery()) {
            return row.next()
                    ? Optional.of(new KeyRecord(text, row.getBytes(1), row.getLong(2)))
                    : Optional.empty();
        }
    }

    List<ClaimRecord> claims(String value) throws SQLException {
        List<ClaimRecord> found = new ArrayList<>();
        PreparedStatement statement = connection.prepared(CLAIMS);
        statement.setString(1, value);
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                found.add(new ClaimRecord(value, row.getInt(1), row.getLong(2), row.getString(3)));
            }
        }
        return found;
    }

    int nextClaim(String value) throws SQLException {
        PreparedStatement statement = connection.prepared(LAST_CLAIM);
        statement.setString(1, value);
        try (ResultSet row = statement.executeQuery()) {
            return row.next() ? row.getInt(1) + 1 : 0;
        }
    }

    List<String> referencing(String stream, long afterPosition) throws SQLException {
        List<String> found = new ArrayList<>();
        long number = streams.of(stream);
        if (number == Texts.UNKNOWN) {
            return found;
        }
        PreparedStatement statement = connection.prepared(REFERENCING);
        statement.setLong(1, number);
        statement.setLong(2, afterPosition);
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                found.add(row.getString(1));
            }
        }
        return found;
    }

    long lastReference(String stream) throws SQLException {
        long number = streams.of(stream);
        if (number == Texts.UNKNOWN) {
            return -1;
        }
        PreparedStatement statement = connection.prepared(LAST_REFERENCE);
        statement.setLong(1, number);
        try (ResultSet row = statement.executeQuery()) {
            return row.next() ? row.getLong(1) : -1;
        }
    }
}
