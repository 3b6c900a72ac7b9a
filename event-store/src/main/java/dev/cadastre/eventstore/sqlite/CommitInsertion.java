package dev.cadastre.eventstore.sqlite;

import dev.cadastre.eventstore.commit.CommitStore.Insertion;
import dev.cadastre.eventstore.commit.PlacedChangeSet;
import dev.cadastre.eventstore.commit.ReadyCommit;
import dev.cadastre.eventstore.commit.UnknownOutcome;
import dev.cadastre.eventstore.log.ChangeSet;
import dev.cadastre.eventstore.log.ChangeSet.Claim;
import dev.cadastre.eventstore.log.ChangeSet.Key;
import dev.cadastre.eventstore.log.LogException;
import dev.cadastre.eventstore.log.ProposedEvent;
import dev.cadastre.eventstore.merkle.Tile;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;

/** Puts commits into the file, each in one transaction. Used by one thread. */
final class CommitInsertion implements AutoCloseable {

    private static final String DOING = "Writing a commit";

    private final Connection connection;
    private Dictionary streams;
    private Dictionary names;
    private PreparedStatement slot;
    private PreparedStatement commits;
    private PreparedStatement changeSets;
    private PreparedStatement events;
    private PreparedStatement keys;
    private PreparedStatement claims;
    private PreparedStatement references;
    private PreparedStatement tiles;
    private boolean inTransaction = true;
    private boolean prepared = true;

    CommitInsertion(Connection connection) throws SQLException {
        this.connection = connection;
        prepare();
    }

    private void prepare() throws SQLException {
        streams = new Dictionary(connection, "streams");
        names = new Dictionary(connection, "names");
        slot = connection.prepareStatement("SELECT seal FROM commits WHERE position = ?");
        commits =
                connection.prepareStatement(
                        "INSERT INTO commits(position, events, recorded_at, epoch, seal)"
                                + " VALUES (?, ?, ?, ?, ?)");
        changeSets =
                connection.prepareStatement(
                        "INSERT INTO change_sets(position, id, principal, actor, source, metadata,"
                                + " place) VALUES (?, ?, ?, ?, ?, ?, ?)");
        events =
                connection.prepareStatement(
                        "INSERT INTO events(position, stream, sequence, type, revision,"
                                + " effective_at, id_salt, payload, place)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
        keys =
                connection.prepareStatement(
                        "INSERT INTO keys(text, digest, last_position) VALUES (?, ?, ?)");
        claims =
                connection.prepareStatement(
                        "INSERT INTO claims(value, count, position) VALUES (?, ?, ?)");
        references =
                connection.prepareStatement("INSERT INTO refs(target, position) VALUES (?, ?)");
        tiles =
                connection.prepareStatement(
                        "INSERT INTO tiles(level, number, hashes) VALUES (?, ?, ?)");
    }

    Dictionary streams() {
        return streams;
    }

    Insertion insert(ReadyCommit commit) {
        try {
            ensureReady();
            write(commit);
        } catch (SQLException e) {
            rollBack();
            if (Failures.isConstraint(e)) {
                return whoHasTheSlot(commit, e);
            }
            throw Failures.of(DOING, e);
        }
        try {
            connection.commit();
        } catch (SQLException e) {
            rollBack();
            throw new UnknownOutcome(DOING + ": " + e.getMessage(), e);
        }
        streams.committed();
        names.committed();
        return Insertion.DURABLE;
    }

    private void write(ReadyCommit commit) throws SQLException {
        commits.setLong(1, commit.position());
        commits.setInt(2, commit.events());
        commits.setLong(3, commit.recordedAt());
        commits.setLong(4, commit.epoch());
        commits.setBytes(5, Seal.bytes(commit.previous(), commit.root(), commit.id()));
        commits.executeUpdate();
        for (PlacedChangeSet placed : commit.changeSets()) {
            writeChangeSet(placed, commit.position());
            long position = placed.firstPosition();
            for (int i = 0; i < placed.envelopes().length; i++) {
                ProposedEvent event = placed.changeSet().events().get(i);
                events.setInt(9, i);
                writeEvent(position + i, event, placed.salts()[i], commit.recordedAt());
            }
        }
        for (Tile tile : commit.tiles()) {
            tiles.setInt(1, tile.level());
            tiles.setLong(2, tile.number());
            tiles.setBytes(3, tile.hashes());
            tiles.executeUpdate();
        }
    }

    private void writeChangeSet(PlacedChangeSet placed, long commit) throws SQLException {
        ChangeSet changeSet = placed.changeSet();
        changeSets.setLong(1, placed.firstPosition());
        changeSets.setBytes(2, bytes(changeSet.id()));
        changeSets.setLong(3, names.numberOf(changeSet.principal()));
        changeSets.setLong(4, names.numberOf(changeSet.actor()));
        changeSets.setLong(5, names.numberOf(changeSet.source()));
        changeSets.setBytes(6, changeSet.metadata());
        changeSets.setLong(7, placed.firstPosition() - commit);
        changeSets.executeUpdate();
        for (Claim claim : changeSet.claims()) {
            claims.setString(1, claim.value());
            claims.setInt(2, claim.count());
            claims.setLong(3, placed.firstPosition() + claim.event());
            claims.executeUpdate();
        }
        Key key = changeSet.key();
        if (key != null) {
            keys.setString(1, key.text());
            keys.setBytes(2, key.digest());
            keys.setLong(3, placed.lastPosition());
            keys.executeUpdate();
        }
    }

    private void writeEvent(long position, ProposedEvent event, byte[] salt, long recordedAt)
            throws SQLException {
        Long effectiveAt = event.effectiveAt();
        events.setLong(1, position);
        events.setLong(2, streams.numberOf(event.stream()));
        events.setLong(3, event.sequenceNumber());
        events.setLong(4, names.numberOf(event.type()));
        events.setInt(5, event.revision());
        if (effectiveAt == null || effectiveAt == recordedAt) {
            events.setNull(6, Types.INTEGER);
        } else {
            events.setLong(6, effectiveAt);
        }
        byte[] idAndSalt = Arrays.copyOf(bytes(event.id()), 16 + salt.length);
        System.arraycopy(salt, 0, idAndSalt, 16, salt.length);
        events.setBytes(7, idAndSalt);
        events.setBytes(8, event.payload());
        events.executeUpdate();
        if (!event.references().isEmpty()) {
            Set<String> distinct = new LinkedHashSet<>(event.references());
            for (String reference : distinct) {
                references.setLong(1, streams.numberOf(reference));
                references.setLong(2, position);
                references.executeUpdate();
            }
        }
    }

    /**
     * The slot is taken, or a rule of the tables caught what the checks in the slot let through.
     */
    private Insertion whoHasTheSlot(ReadyCommit commit, SQLException refused) {
        try {
            slot.setLong(1, commit.position());
            try (ResultSet row = slot.executeQuery()) {
                if (row.next()) {
                    boolean own = Seal.of(row.getBytes(1)).id().equals(commit.id());
                    return own ? Insertion.DURABLE : Insertion.SLOT_TAKEN;
                }
            }
        } catch (SQLException e) {
            throw Failures.of(DOING, e);
        } finally {
            rollBack();
        }
        throw new LogException.Corrupt(
                commit.position(), "the store refuses the commit: " + refused.getMessage());
    }

    private void rollBack() {
        streams.rolledBack();
        names.rolledBack();
        // JDBC closes a statement that failed, though it does not say so.
        prepared = false;
        try {
            connection.rollback();
        } catch (SQLException e) {
            // After some failures (disk full, for one) SQLite has rolled back by itself. JDBC then
            // begins no new transaction, and every single statement would be a commit of its own.
            inTransaction = false;
        }
    }

    private void ensureReady() throws SQLException {
        if (!inTransaction) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("BEGIN");
            }
            inTransaction = true;
        }
        if (!prepared) {
            prepare();
            prepared = true;
        }
    }

    private static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            // All commits are durable; what SQLite leaves behind it tidies up at the next opening.
        }
    }
}
