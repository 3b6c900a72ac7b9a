package dev.cadastre.query.register.fold;

/** What is kept in the heap of a stream's timeline: all of it, or its end. */
public sealed interface KnownTimeline permits Timeline, TimelineTail {

    /** About how many bytes of heap it takes, for bounds on them. */
    int weight();
}
