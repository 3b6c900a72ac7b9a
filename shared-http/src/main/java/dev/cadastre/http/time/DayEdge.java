package dev.cadastre.http.time;

/** What a bare date means: the first or the last microsecond of that day in the configured zone. */
public enum DayEdge {
    FIRST,
    LAST
}
