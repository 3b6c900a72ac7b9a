package dev.cadastre.eventstore.mongodb;

/** Names of fields and indexes of the collections; see {@code docs/formats/mongodb-log.md}. */
final class Fields {

    static final String POSITION = "_id";
    static final String EVENT_COUNT = "n";
    static final String PREVIOUS = "prev";
    static final String ROOT = "root";
    static final String RECORDED_AT = "at";
    static final String COMMIT_ID = "cid";
    static final String EPOCH = "ep";
    static final String EVENTS = "e";
    static final String BLOBS = "blobs";
    static final String INDEX_KEYS = "ik";
    static final String KEYS = "keys";
    static final String CLAIMS = "claims";

    static final String PLACE = "i";
    static final String ENVELOPE = "hdr";
    static final String PAYLOAD = "p";
    static final String METADATA = "m";
    static final String SALT = "salt";
    static final String STREAM = "s";
    static final String SEQUENCE_NUMBER = "v";
    static final String EVENT_ID = "id";
    static final String REFERENCES = "refs";

    static final String TEXT = "t";
    static final String DIGEST = "d";
    static final String COUNT = "c";

    static final String OFFSET = "o";
    static final String LENGTH = "l";

    static final String HASHES = "h";
    static final String BYTES = "b";

    static final String STREAM_INDEX = "stream";
    static final String EVENT_INDEX = "event";
    static final String KEY_INDEX = "key";
    static final String REFERENCE_INDEX = "reference";

    private static final String KEY_PREFIX = "k:";
    private static final String CLAIM_PREFIX = "c:";
    private static final char BEFORE_COUNT = '#';

    private Fields() {}

    /** What an idempotency key is among the index keys. */
    static String ofKey(String text) {
        return KEY_PREFIX + text;
    }

    /** What a claim is among the index keys. */
    static String ofClaim(String value, int count) {
        return CLAIM_PREFIX + value + BEFORE_COUNT + count;
    }

    /** The least index key that a claim of the value can have. */
    static String claimsFrom(String value) {
        return CLAIM_PREFIX + value + BEFORE_COUNT;
    }

    /** What all index keys of claims of the value are less than. */
    static String claimsBefore(String value) {
        return CLAIM_PREFIX + value + (char) (BEFORE_COUNT + 1);
    }
}
