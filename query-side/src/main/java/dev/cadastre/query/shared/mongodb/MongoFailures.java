package dev.cadastre.query.shared.mongodb;

import com.mongodb.ErrorCategory;

/** Tells apart what the driver throws. */
public final class MongoFailures {

    private MongoFailures() {}

    /** Whether there is a document of this key already. */
    public static boolean isDuplicate(int code) {
        return ErrorCategory.fromErrorCode(code) == ErrorCategory.DUPLICATE_KEY;
    }
}
