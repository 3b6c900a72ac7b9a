package dev.cadastre.eventstore.log;

import dev.cadastre.eventstore.log.ChangeSet.Condition;

/** Why the log refused or could not do something. A closed set. */
public abstract sealed class LogException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private LogException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Somebody else appended to the stream first: load it again and decide anew. */
    public static final class SequenceConflict extends LogException {
        private static final long serialVersionUID = 1L;
        private final String stream;
        private final long expected;
        private final long actual;

        /**
         * @param expected the sequence number that was proposed
         * @param actual the next free one
         */
        public SequenceConflict(String stream, long expected, long actual) {
            super(
                    "Stream "
                            + stream
                            + " is at sequence number "
                            + actual
                            + ", not at "
                            + expected
                            + ". Load it again and decide anew.",
                    null);
            this.stream = stream;
            this.expected = expected;
            this.actual = actual;
        }

        public String stream() {
            return stream;
        }

        public long expected() {
            return expected;
        }

        public long actual() {
            return actual;
        }
    }

    /** A condition on another stream, or on the recorded time, no longer holds: decide anew. */
    public static final class ConditionFailed extends LogException {
        private static final long serialVersionUID = 1L;

        public ConditionFailed(Condition condition) {
            super("No longer true: " + condition + ". Decide anew.", null);
        }

        public ConditionFailed(String message) {
            super(message, null);
        }
    }

    /** Somebody else claimed the unique value first: decide anew. */
    public static final class ClaimConflict extends LogException {
        private static final long serialVersionUID = 1L;
        private final String value;

        public ClaimConflict(String value, int proposed, int next) {
            super(
                    "Unique value "
                            + value
                            + " is at claim "
                            + next
                            + ", not at "
                            + proposed
                            + ". Decide anew.",
                    null);
            this.value = value;
        }

        public String value() {
            return value;
        }
    }

    /** The idempotency key is known; {@link KeyRecord} says of what. */
    public static final class KeyTaken extends LogException {
        private static final long serialVersionUID = 1L;
        private final transient KeyRecord record;

        public KeyTaken(KeyRecord record) {
            super("The key " + record.text() + " was used before.", null);
            this.record = record;
        }

        public KeyRecord record() {
            return record;
        }
    }

    /** The change set breaks a bound of the log. */
    public static final class TooLarge extends LogException {
        private static final long serialVersionUID = 1L;

        public TooLarge(String message) {
            super(message, null);
        }
    }

    /** The log cannot write now (disk full, closed, poisoned); reading may still work. */
    public static final class Unavailable extends LogException {
        private static final long serialVersionUID = 1L;

        public Unavailable(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The stored log contradicts itself: writing has stopped; a person must look. */
    public static final class Corrupt extends LogException {
        private static final long serialVersionUID = 1L;
        private final long position;

        /**
         * @param position the first that is known to be wrong; -1 if none can be named
         */
        public Corrupt(long position, String message) {
            super(position < 0 ? message : "At position " + position + ": " + message, null);
            this.position = position;
        }

        public long position() {
            return position;
        }
    }

    /** The log cannot be opened: another process has it, or its format is newer. */
    public static final class CannotOpen extends LogException {
        private static final long serialVersionUID = 1L;

        public CannotOpen(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
