package dev.cadastre.eventstore.sqlite;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.cadastre.eventstore.log.LogException;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The readers' side of a table of texts: what a number stands for, and the other way round. */
final class Texts {

    private static final int MOST_CACHED = 500_000;
    static final long UNKNOWN = -1;

    /** A text with its UTF-8. */
    record Text(String text, byte[] utf8) {}

    private final String byNumber;
    private final String byText;
    private final Cache<Long, Text> texts =
            Caffeine.newBuilder().maximumSize(MOST_CACHED).executor(Runnable::run).build();

    Texts(String table) {
        byNumber = "SELECT name FROM " + table + " WHERE id = ?";
        byText = "SELECT id FROM " + table + " WHERE name = ?";
    }

    Text of(ReadingConnection connection, long number) throws SQLException {
        Text text = texts.getIfPresent(number);
        if (text == null) {
            PreparedStatement statement = connection.prepared(byNumber);
            statement.setLong(1, number);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    throw new LogException.Corrupt(-1, "no text has the number " + number);
                }
                String name = row.getString(1);
                text = new Text(name, name.getBytes(StandardCharsets.UTF_8));
            }
            texts.put(number, text);
        }
        return text;
    }

    /** The number of a text; {@link #UNKNOWN} if it has none. */
    long numberOf(ReadingConnection connection, String text) throws SQLException {
        PreparedStatement statement = connection.prepared(byText);
        statement.setString(1, text);
        try (ResultSet row = statement.executeQuery()) {
            return row.next() ? row.getLong(1) : UNKNOWN;
        }
    }
}
