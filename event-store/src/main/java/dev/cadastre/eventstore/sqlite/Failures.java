package dev.cadastre.eventstore.sqlite;

import dev.cadastre.eventstore.log.LogException;
import java.sql.SQLException;

/** Says what SQLite's failures mean for the log. */
final class Failures {

    private static final int CORRUPT = 11;
    private static final int FULL = 13;
    private static final int CONSTRAINT = 19;
    private static final int NOT_A_DATABASE = 26;
    private static final int PRIMARY_CODE = 0xff;

    private Failures() {}

    static LogException of(String doing, SQLException failure) {
        return switch (failure.getErrorCode() & PRIMARY_CODE) {
            case CORRUPT, NOT_A_DATABASE ->
                    new LogException.Corrupt(
                            -1, doing + ": SQLite finds the file damaged: " + failure.getMessage());
            case FULL -> new LogException.Unavailable(doing + ": the disk is full.", failure);
            default -> new LogException.Unavailable(doing + ": " + failure.getMessage(), failure);
        };
    }

    static boolean isConstraint(SQLException failure) {
        return (failure.getErrorCode() & PRIMARY_CODE) == CONSTRAINT;
    }
}
