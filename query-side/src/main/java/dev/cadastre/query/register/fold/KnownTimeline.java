package dev.cadastre.query.register.fold;

/** What is kept in the heap of a stream's timeline: all of it, or its end. */
public sealed interface KnownTimeline permits Timeline, TimelineTail {

    /** How much is kept, for bounds on it. */
    int size();
}
