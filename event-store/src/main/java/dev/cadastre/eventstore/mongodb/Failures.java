package dev.cadastre.eventstore.mongodb;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoConnectionPoolClearedException;
import com.mongodb.MongoException;
import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoOperationTimeoutException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoServerUnavailableException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoSocketOpenException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.MongoWriteException;
import dev.cadastre.eventstore.commit.UnknownOutcome;
import dev.cadastre.eventstore.log.LogException;
import java.util.Optional;
import java.util.Set;

/** Says what the driver's failures mean for the log. */
final class Failures {

    private static final int UNAUTHORIZED = 13;
    private static final int AUTHENTICATION_FAILED = 18;
    private static final int USER_WRITES_BLOCKED = 371;
    private static final int OUT_OF_DISK_SPACE = 14_031;
    private static final Set<Integer> NOT_DONE =
            Set.of(UNAUTHORIZED, AUTHENTICATION_FAILED, USER_WRITES_BLOCKED, OUT_OF_DISK_SPACE);

    private Failures() {}

    /** Of anything but the insertion of a commit. */
    static LogException.Unavailable of(String doing, MongoException failure) {
        return new LogException.Unavailable(doing + ": " + inWords(failure), failure);
    }

    /**
     * Of the insertion of a commit. Only what surely never reached the collection is {@link
     * LogException.Unavailable}; whatever else may go wrong leaves the outcome open.
     */
    static RuntimeException ofInsertion(String doing, MongoException failure) {
        return surelyNotDone(failure)
                ? of(doing, failure)
                : new UnknownOutcome(doing + ": " + inWords(failure), failure);
    }

    private static boolean surelyNotDone(MongoException failure) {
        return switch (failure) {
            case MongoWriteException _,
                    MongoSocketOpenException _,
                    MongoSecurityException _,
                    MongoConnectionPoolClearedException _,
                    MongoServerUnavailableException _,
                    MongoNotPrimaryException _ ->
                    true;
            case MongoOperationTimeoutException _ -> false;
            case MongoTimeoutException _ -> true;
            case MongoCommandException refused -> NOT_DONE.contains(refused.getErrorCode());
            default -> false;
        };
    }

    /**
     * For anybody to read: the driver's own words, which name hosts and hold whole answers, are
     * left to the cause.
     */
    private static String inWords(MongoException failure) {
        return switch (failure) {
            case MongoSecurityException _ -> "the database refuses the user or the password.";
            case MongoNotPrimaryException _, MongoNodeIsRecoveringException _ ->
                    "the replica set is choosing its primary.";
            case MongoTimeoutException _,
                    MongoSocketException _,
                    MongoServerUnavailableException _,
                    MongoConnectionPoolClearedException _ ->
                    "the database does not answer.";
            default ->
                    ofCode(code(failure))
                            .orElse("the database answers with error " + code(failure) + ".");
        };
    }

    /**
     * For whoever opens the log, and may know everything about the server: what there are no words
     * for is told in the driver's own.
     */
    static String atOpening(MongoException failure) {
        return "The log cannot be opened: "
                + ofCode(failure.getCode()).orElseGet(failure::getMessage);
    }

    /** What is written in bulk fails for reasons of its parts. */
    private static int code(MongoException failure) {
        return failure instanceof MongoBulkWriteException bulk && !bulk.getWriteErrors().isEmpty()
                ? bulk.getWriteErrors().getFirst().getCode()
                : failure.getCode();
    }

    private static Optional<String> ofCode(int code) {
        return Optional.ofNullable(
                switch (code) {
                    case OUT_OF_DISK_SPACE -> "the disk of the database server is full.";
                    case USER_WRITES_BLOCKED ->
                            "the database blocks writes, as it does when its disk is nearly full.";
                    case UNAUTHORIZED ->
                            "the database user lacks a right, or none is named; the connection"
                                    + " string has to name one with the role readWrite on the"
                                    + " database.";
                    case AUTHENTICATION_FAILED -> "the database refuses the user or the password.";
                    default -> null;
                });
    }
}
