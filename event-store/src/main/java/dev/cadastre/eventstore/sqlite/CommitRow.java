package dev.cadastre.eventstore.sqlite;

import dev.cadastre.eventstore.commit.CommitHeader;
import dev.cadastre.eventstore.log.LogException;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Reads commits without their events. */
final class CommitRow {

    static final String COLUMNS = "position, events, recorded_at, epoch, seal";

    private CommitRow() {}

    static CommitHeader read(ResultSet row) throws SQLException {
        long position = row.getLong(1);
        try {
            Seal seal = Seal.of(row.getBytes(5));
            return new CommitHeader(
                    position,
                    row.getInt(2),
                    seal.previous(),
                    seal.root(),
                    row.getLong(3),
                    seal.id(),
                    row.getLong(4));
        } catch (IllegalArgumentException | NullPointerException e) {
            throw new LogException.Corrupt(position, "the commit's row is damaged");
        }
    }
}
