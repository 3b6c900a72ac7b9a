package dev.cadastre.query.versions.mongodb;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoException;
import dev.cadastre.query.shared.mongodb.MongoFailures;
import dev.cadastre.query.versions.store.VersionStoreException;
import java.util.function.Supplier;

/** Turns what the driver throws into what the port promises. */
final class Failures {

    private Failures() {}

    /** Passes over documents that were not written because there are such already. */
    static void throwUnlessDuplicates(MongoBulkWriteException e) {
        boolean onlyDuplicates =
                e.getWriteConcernError() == null
                        && e.getWriteErrors().stream()
                                .allMatch(error -> MongoFailures.isDuplicate(error.getCode()));
        if (!onlyDuplicates) {
            throw e;
        }
    }

    /**
     * @param what cannot be done, as in "the version store cannot read"
     */
    static <T> T translated(String what, Supplier<T> work) {
        try {
            return work.get();
        } catch (MongoException e) {
            throw new VersionStoreException(
                    "The version store cannot "
                            + what
                            + ": "
                            + e.getMessage()
                            + ". It goes on by itself once the database answers again.",
                    e);
        }
    }
}
