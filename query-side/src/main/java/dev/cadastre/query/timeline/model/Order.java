package dev.cadastre.query.timeline.model;

/** The order of a timeline, and with it what "before" means. */
public enum Order {
    /**
     * As recorded. What a fact changed is what recording it changed at its effective time: the
     * history of what was believed.
     */
    RECORDED,

    /**
     * By effective time. What a fact changed is what it adds to the facts effective before it, of
     * those that count: the history of what was true. A retracted fact changes nothing.
     */
    EFFECTIVE
}
