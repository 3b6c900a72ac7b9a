package dev.cadastre.command.shared;

import dev.cadastre.events.StreamId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The refusal of a command by a rule. A closed set; the message says what to do. */
public abstract sealed class Rejection extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private int command = -1;

    private Rejection(String message) {
        // A refusal is an answer, not a failure: nobody reads its stack trace.
        super(message, null, false, false);
    }

    /** The index of the refused command within its change set; -1 if not known. */
    public int command() {
        return command;
    }

    Rejection of(int index) {
        command = index;
        return this;
    }

    /** A refusal in which facts of one entity play a part. */
    public abstract static sealed class OfFacts extends Rejection {
        private static final long serialVersionUID = 1L;
        private final transient StreamId entity;
        private final transient List<Fact.Name> facts;

        private OfFacts(StreamId entity, String message, List<Fact.Name> facts) {
            super(message);
            this.entity = entity;
            this.facts = List.copyOf(facts);
        }

        public StreamId entity() {
            return entity;
        }

        public List<Fact.Name> facts() {
            return facts;
        }
    }

    /** There is no such entity at the valid time. */
    public static final class NotRegistered extends OfFacts {
        private static final long serialVersionUID = 1L;

        /**
         * @param facts the fact that needs it, if one is to blame, and the one that removed it
         */
        public NotRegistered(StreamId entity, String message, List<Fact.Name> facts) {
            super(entity, message, facts);
        }
    }

    /** A fact contradicts other facts of the same entity. */
    public static final class FactsClash extends OfFacts {
        private static final long serialVersionUID = 1L;

        /**
         * @param facts the facts that clash, in valid-time order, the new one among them
         */
        public FactsClash(StreamId entity, String message, List<Fact.Name> facts) {
            super(entity, message, facts);
        }
    }

    /** A lifecycle does not allow to go from one standing to another. */
    public static final class IllegalTransition extends OfFacts {
        private static final long serialVersionUID = 1L;
        private final String from;
        private final String to;
        private final transient List<String> allowed;

        /**
         * @param allowed where one can go from there
         * @param facts the facts that clash, in valid-time order, the new one among them
         */
        public IllegalTransition(
                StreamId entity,
                String from,
                String to,
                List<String> allowed,
                List<Fact.Name> facts,
                String message) {
            super(entity, message, facts);
            this.from = from;
            this.to = to;
            this.allowed = List.copyOf(allowed);
        }

        public String from() {
            return from;
        }

        public String to() {
            return to;
        }

        public List<String> allowed() {
            return allowed;
        }
    }

    /** Another entity holds the unique value at some of the valid times. */
    public static final class ValueTaken extends Rejection {
        private static final long serialVersionUID = 1L;
        private final String pointer;
        private final String value;
        private final transient StreamId holder;
        private final long from;
        private final long to;

        /**
         * @param pointer JSON Pointer of the field
         * @param from first microsecond at which the holder holds it
         * @param to first microsecond after, or {@link Timeline#FOR_EVER}
         */
        public ValueTaken(
                String pointer, String value, StreamId holder, long from, long to, String message) {
            super(message);
            this.pointer = pointer;
            this.value = value;
            this.holder = holder;
            this.from = from;
            this.to = to;
        }

        public String pointer() {
            return pointer;
        }

        public String value() {
            return value;
        }

        public StreamId holder() {
            return holder;
        }

        public long from() {
            return from;
        }

        public long to() {
            return to;
        }
    }

    /** What a fact points at is not in the register throughout the valid times it is needed. */
    public static final class TargetAbsent extends Rejection {
        private static final long serialVersionUID = 1L;
        private final transient List<AbsentTarget> absent;
        private final @Nullable String pointer;

        /**
         * @param absent all that is missing, at least one
         */
        public TargetAbsent(List<AbsentTarget> absent, @Nullable String pointer, String message) {
            super(message);
            this.absent = List.copyOf(absent);
            this.pointer = pointer;
        }

        public List<AbsentTarget> absent() {
            return absent;
        }

        public @Nullable String pointer() {
            return pointer;
        }
    }

    /** Others point at the entity at valid times at which it would be absent. */
    public static final class StillReferenced extends Rejection {
        private static final long serialVersionUID = 1L;
        private final transient StreamId entity;
        private final transient List<StreamId> by;

        /**
         * @param by some of those that point at it
         */
        public StillReferenced(StreamId entity, List<StreamId> by, String message) {
            super(message);
            this.entity = entity;
            this.by = List.copyOf(by);
        }

        public StreamId entity() {
            return entity;
        }

        public List<StreamId> by() {
            return by;
        }
    }

    /** Relations of a type that forbids cycles would form one. */
    public static final class Cycle extends Rejection {
        private static final long serialVersionUID = 1L;
        private final transient List<StreamId> path;

        /**
         * @param path from the entity along the relations back to itself
         */
        public Cycle(List<StreamId> path, String message) {
            super(message);
            this.path = List.copyOf(path);
        }

        public List<StreamId> path() {
            return path;
        }
    }

    /** The caller pinned a sequence number that is no longer the last one. */
    public static final class Stale extends Rejection {
        private static final long serialVersionUID = 1L;
        private final transient StreamId entity;
        private final long expected;
        private final long actual;

        /**
         * @param actual the last sequence number; -1 if nothing is recorded
         */
        public Stale(StreamId entity, long expected, long actual) {
            super(
                    entity
                            + " is at sequence number "
                            + actual
                            + ", not at "
                            + expected
                            + ". Read it again and decide anew.");
            this.entity = entity;
            this.expected = expected;
            this.actual = actual;
        }

        public StreamId entity() {
            return entity;
        }

        public long expected() {
            return expected;
        }

        public long actual() {
            return actual;
        }
    }

    /** The caller insists that the entity is in the register, or that it is not. */
    public static final class WrongPresence extends Rejection {
        private static final long serialVersionUID = 1L;
        private final transient StreamId entity;

        /**
         * @param present whether it is
         */
        public WrongPresence(StreamId entity, boolean present) {
            super(
                    present
                            ? entity + " is in the register already. Read it, then decide."
                            : entity + " is not in the register. Register it first.");
            this.entity = entity;
        }

        public StreamId entity() {
            return entity;
        }
    }

    /** A value is not allowed: of the wrong type, out of bounds, or of an undefined word. */
    public static final class NotAllowed extends Rejection {
        private static final long serialVersionUID = 1L;
        private final String pointer;

        /**
         * @param pointer JSON Pointer of the field
         */
        public NotAllowed(String pointer, String message) {
            super(message);
            this.pointer = pointer;
        }

        public String pointer() {
            return pointer;
        }
    }

    /** The race for the entity was lost too often in a row. */
    public static final class TooContended extends Rejection {
        private static final long serialVersionUID = 1L;

        public TooContended(int attempts) {
            super(
                    "Others changed the same things first, "
                            + attempts
                            + " times in a row. Nothing was recorded; send it again.");
        }
    }
}
