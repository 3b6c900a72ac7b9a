package dev.cadastre.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;

/**
 * The limit of sealing: bodies as they are, in the order of the digest, in a table of their own.
 * Nothing needs to be looked for, expanded, or brought into canonical form.
 */
final class PlainBodies implements AutoCloseable {

    private final Connection connection;

    /**
     * @param lines the bodies, one a line
     */
    PlainBodies(Path file, Path lines) throws SQLException, IOException {
        connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA page_size = 8192");
            statement.execute("CREATE TABLE body(key INTEGER PRIMARY KEY, json BLOB NOT NULL)");
        }
        connection.setAutoCommit(false);
        try (PreparedStatement insert =
                        connection.prepareStatement("INSERT INTO body VALUES(NULL, ?)");
                BufferedReader reader = Files.newBufferedReader(lines)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                insert.setBytes(1, line.getBytes(StandardCharsets.UTF_8));
                insert.executeUpdate();
            }
        }
        connection.commit();
    }

    /** Seconds to read all of them, and to hash each and a line for each. */
    double secondsToHash() throws SQLException, NoSuchAlgorithmException {
        long began = System.nanoTime();
        MessageDigest one = MessageDigest.getInstance("SHA-256");
        MessageDigest lines = MessageDigest.getInstance("SHA-256");
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT json FROM body ORDER BY key")) {
            while (rows.next()) {
                String hash = HexFormat.of().formatHex(one.digest(rows.getBytes(1)));
                lines.update(hash.getBytes(StandardCharsets.US_ASCII));
            }
        }
        lines.digest();
        return (System.nanoTime() - began) / 1e9;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
