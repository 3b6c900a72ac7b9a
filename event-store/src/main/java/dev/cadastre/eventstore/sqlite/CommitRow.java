package dev.cadastre.eventstore.sqlite;

import dev.cadastre.eventstore.commit.CommitHash;
import dev.cadastre.eventstore.log.LogException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;

/** A commit without its events. */
record CommitRow(long position, int events, long recordedAt, long epoch, Seal seal) {

    static final String COLUMNS = "position, events, recorded_at, epoch, seal";

    static CommitRow read(ResultSet row) throws SQLException {
        long position = row.getLong(1);
        try {
            Seal seal = Seal.of(row.getBytes(5));
            return new CommitRow(position, row.getInt(2), row.getLong(3), row.getLong(4), seal);
        } catch (IllegalArgumentException | NullPointerException e) {
            throw new LogException.Corrupt(position, "the commit's row is damaged");
        }
    }

    long next() {
        return position + events;
    }

    byte[] hash() {
        return CommitHash.of(
                position, events, seal.previous(), seal.root(), recordedAt, seal.id(), epoch);
    }

    void checkFirst() {
        if (position != 0) {
            throw new LogException.Corrupt(0, "the log does not begin at position 0");
        }
        if (!Arrays.equals(seal.previous(), CommitHash.none())) {
            throw new LogException.Corrupt(0, "the first commit names one before it");
        }
    }

    void checkFollows(CommitRow before) {
        if (position != before.next()) {
            throw new LogException.Corrupt(
                    before.next(), "the next commit stands at position " + position);
        }
        if (!Arrays.equals(seal.previous(), before.hash())) {
            throw new LogException.Corrupt(
                    position,
                    "the hash of the commit before it is not the one named; one of the two was"
                            + " changed");
        }
        if (recordedAt <= before.recordedAt()) {
            throw new LogException.Corrupt(position, "recorded time does not increase");
        }
    }
}
