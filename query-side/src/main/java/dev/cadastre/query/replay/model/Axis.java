package dev.cadastre.query.replay.model;

/** Along which time a replay runs. */
public enum Axis {
    /** What became true, as known at one position. */
    EFFECTIVE,
    /** What was recorded; the valid instant follows, or is fixed. */
    RECORDED
}
