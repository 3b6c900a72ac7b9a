package dev.cadastre.http.access;

/** What a token may do only if granted apart from its roles; an administrator has both. */
public enum Right {
    /** May record facts with an effective time before now. */
    BACKDATE,
    /** May retract recorded facts. */
    CORRECT
}
