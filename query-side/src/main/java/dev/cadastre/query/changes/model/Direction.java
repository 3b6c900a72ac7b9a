package dev.cadastre.query.changes.model;

/** Which way a reader goes through the log. */
public enum Direction {
    /** From older change sets to newer ones. */
    FORWARD,
    /** From newer change sets to older ones. */
    BACKWARD
}
