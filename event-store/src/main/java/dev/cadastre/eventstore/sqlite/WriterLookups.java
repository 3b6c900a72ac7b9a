package dev.cadastre.eventstore.sqlite;

import dev.cadastre.eventstore.commit.SlotLookups;
import dev.cadastre.eventstore.log.KeyRecord;
import dev.cadastre.eventstore.log.StreamHead;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Looks things up through the writing connection. SQLite empties the page cache of every other
 * connection with each commit; the writer's own stays warm.
 */
final class WriterLookups implements SlotLookups {

    private final ReadingConnection connection;
    private final Lookups lookups;

    WriterLookups(ReadingConnection connection, Lookups lookups) {
        this.connection = connection;
        this.lookups = lookups;
    }

    @Override
    public StreamHead streamHead(String stream) {
        return look(() -> lookups.streamHead(stream));
    }

    @Override
    public Optional<KeyRecord> key(String text) {
        return look(() -> lookups.key(text));
    }

    @Override
    public int nextClaim(String value) {
        return look(() -> lookups.nextClaim(value));
    }

    @Override
    public boolean holdsEventFrom(String stream, List<String> types, long sequenceNumber) {
        return look(() -> lookups.holdsEventFrom(stream, types, sequenceNumber));
    }

    @Override
    public long lastReference(String stream) {
        return look(() -> lookups.lastReference(stream));
    }

    @FunctionalInterface
    private interface Look<T> {
        T up() throws SQLException;
    }

    private <T> T look(Look<T> look) {
        try {
            return look.up();
        } catch (SQLException e) {
            connection.forgetStatements();
            throw Failures.of("Checking a change set", e);
        }
    }
}
