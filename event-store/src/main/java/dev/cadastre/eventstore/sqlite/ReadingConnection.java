package dev.cadastre.eventstore.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** A connection with the statements it has prepared so far. Used by one thread at a time. */
final class ReadingConnection implements AutoCloseable {

    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    ReadingConnection(Connection connection) {
        this.connection = connection;
    }

    PreparedStatement prepared(String sql) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
        }
        return statement;
    }

    /** After a failure: JDBC closes a statement that failed, though it does not say so. */
    void forgetStatements() {
        statements.clear();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
