package dev.cadastre.command.shared;

/** What was recorded by an instant, or up to a position. */
public sealed interface Knowledge {

    /** What was recorded by an instant, in microseconds since 1970. */
    record RecordedBy(long instant) implements Knowledge {}

    /** What was recorded up to and with the change set of a position. */
    record UpTo(long position) implements Knowledge {}
}
