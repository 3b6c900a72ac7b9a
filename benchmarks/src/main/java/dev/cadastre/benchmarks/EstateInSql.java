package dev.cadastre.benchmarks;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;

/** The peer: the same estate in SQLite, with the covering indexes a careful person would make. */
final class EstateInSql implements AutoCloseable {

    private final Connection connection;
    private final PreparedStatement countsNow;
    private final PreparedStatement countsBothAxes;
    private final PreparedStatement impact;

    EstateInSql(Path file, Estate estate) throws SQLException {
        connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode=OFF");
            statement.execute("PRAGMA synchronous=OFF");
            statement.execute("PRAGMA cache_size=-1000000");
            statement.execute(
                    "CREATE TABLE version(entity INTEGER, class INTEGER, state INTEGER, valid_from INTEGER, valid_to INTEGER, recorded_from INTEGER, recorded_to INTEGER)");
            statement.execute("CREATE TABLE relation(source INTEGER, target INTEGER)");
        }
        connection.setAutoCommit(false);
        fill(estate);
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE INDEX current_by_state ON version(recorded_to, state, valid_from, valid_to)");
            statement.execute(
                    "CREATE INDEX by_state ON version(state, valid_from, valid_to, recorded_from, recorded_to)");
            statement.execute(
                    "CREATE INDEX by_entity ON version(entity, valid_from, valid_to, recorded_from, recorded_to)");
            statement.execute("CREATE INDEX by_target ON relation(target, source)");
            statement.execute("ANALYZE");
        }
        connection.commit();
        countsNow =
                connection.prepareStatement(
                        "SELECT state, count(*) FROM version INDEXED BY current_by_state WHERE recorded_to = ? AND valid_from <= ? AND valid_to > ? GROUP BY state");
        countsBothAxes =
                connection.prepareStatement(
                        "SELECT state, count(*) FROM version INDEXED BY by_state WHERE valid_from <= ? AND valid_to > ? AND recorded_from <= ? AND recorded_to > ? GROUP BY state");
        impact =
                connection.prepareStatement(
                        """
                        WITH RECURSIVE reached(entity, depth) AS (
                          VALUES(?, 0)
                          UNION
                          SELECT relation.source, reached.depth + 1
                          FROM reached
                          JOIN relation ON relation.target = reached.entity
                          WHERE reached.depth < ?
                            AND EXISTS (SELECT 1 FROM version WHERE version.entity = relation.source
                              AND valid_from <= ? AND valid_to > ? AND recorded_from <= ? AND recorded_to > ?))
                        SELECT count(*) FROM reached""");
    }

    private void fill(Estate estate) throws SQLException {
        try (PreparedStatement insert =
                        connection.prepareStatement("INSERT INTO version VALUES(?,?,?,?,?,?,?)");
                PreparedStatement relate =
                        connection.prepareStatement("INSERT INTO relation VALUES(?,?)")) {
            for (int i = 0; i < estate.size; i++) {
                insert.setInt(1, estate.entity[i]);
                insert.setInt(2, estate.ciClass[i]);
                insert.setInt(3, estate.state[i]);
                insert.setLong(4, estate.validFrom[i]);
                insert.setLong(5, estate.validTo[i]);
                insert.setInt(6, estate.recordedFrom[i]);
                insert.setInt(7, estate.recordedTo[i]);
                insert.addBatch();
                if (i % 10_000 == 0) {
                    insert.executeBatch();
                }
            }
            insert.executeBatch();
            for (int entity = 1; entity < estate.entities; entity++) {
                relate.setInt(1, entity);
                relate.setInt(2, Estate.parent(entity));
                relate.addBatch();
            }
            relate.executeBatch();
        }
        connection.commit();
    }

    Map<Integer, Long> countsByStateNow(long asOf) throws SQLException {
        countsNow.setInt(1, Integer.MAX_VALUE);
        countsNow.setLong(2, asOf);
        countsNow.setLong(3, asOf);
        return counts(countsNow);
    }

    Map<Integer, Long> countsByState(long asOf, int knownAt) throws SQLException {
        countsBothAxes.setLong(1, asOf);
        countsBothAxes.setLong(2, asOf);
        countsBothAxes.setInt(3, knownAt);
        countsBothAxes.setInt(4, knownAt);
        return counts(countsBothAxes);
    }

    private static Map<Integer, Long> counts(PreparedStatement query) throws SQLException {
        Map<Integer, Long> counts = new LinkedHashMap<>();
        try (ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                counts.put(rows.getInt(1), rows.getLong(2));
            }
        }
        return counts;
    }

    /** The number of entities that depend on one, itself counted, to a depth. */
    int dependents(int entity, int depth, long asOf, int knownAt) throws SQLException {
        impact.setInt(1, entity);
        impact.setInt(2, depth);
        impact.setLong(3, asOf);
        impact.setLong(4, asOf);
        impact.setInt(5, knownAt);
        impact.setInt(6, knownAt);
        try (ResultSet row = impact.executeQuery()) {
            row.next();
            return row.getInt(1);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
