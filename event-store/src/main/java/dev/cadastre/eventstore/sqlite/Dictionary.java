package dev.cadastre.eventstore.sqlite;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The writer's side of a table of texts: gives each text a small number, once. Numbers given since
 * the last commit are forgotten with a rollback.
 */
final class Dictionary {

    private static final int MOST_CACHED = 500_000;
    private static final int MOST_ABSENT = 100_000;

    private final PreparedStatement find;
    private final PreparedStatement insert;
    private final PreparedStatement last;
    private final Cache<String, Long> known =
            Caffeine.newBuilder().maximumSize(MOST_CACHED).executor(Runnable::run).build();
    private final Map<String, Long> given = new HashMap<>();
    private final Set<String> absent = new HashSet<>();
    private long next;

    Dictionary(Connection connection, String table) throws SQLException {
        find = connection.prepareStatement("SELECT id FROM " + table + " WHERE name = ?");
        insert = connection.prepareStatement("INSERT INTO " + table + "(id, name) VALUES (?, ?)");
        last = connection.prepareStatement("SELECT max(id) FROM " + table);
        next = -1;
    }

    /** The number of a text; {@link Texts#UNKNOWN} if it has none. */
    long find(String text) throws SQLException {
        Long number = known.getIfPresent(text);
        if (number == null) {
            number = given.get(text);
        }
        if (number != null) {
            return number;
        }
        return absent.contains(text) ? Texts.UNKNOWN : select(text);
    }

    long numberOf(String text) throws SQLException {
        long number = find(text);
        return number == Texts.UNKNOWN ? give(text) : number;
    }

    void committed() {
        if (!given.isEmpty()) {
            known.putAll(given);
            given.clear();
        }
        absent.clear();
    }

    void rolledBack() {
        given.clear();
        // What was thought absent may have become durable, if the outcome was unknown.
        absent.clear();
        next = -1;
    }

    private long select(String text) throws SQLException {
        find.setString(1, text);
        try (ResultSet row = find.executeQuery()) {
            if (row.next()) {
                long number = row.getLong(1);
                known.put(text, number);
                return number;
            }
        }
        if (absent.size() == MOST_ABSENT) {
            absent.clear();
        }
        absent.add(text);
        return Texts.UNKNOWN;
    }

    private long give(String text) throws SQLException {
        if (next < 0) {
            try (ResultSet row = last.executeQuery()) {
                next = row.next() ? row.getLong(1) + 1 : 1;
            }
        }
        long number = next++;
        insert.setLong(1, number);
        insert.setString(2, text);
        insert.executeUpdate();
        given.put(text, number);
        return number;
    }
}
