package dev.cadastre.query.shared.http;

/**
 * What an answer depends on besides the request, and with it how long its entity tag stands. The
 * tag is made of just that, before the answer is: whoever has the answer already costs no work.
 */
public enum Basis {
    /**
     * What is recorded up to its position, and what of it is true at its instant. An answer about
     * now keeps its tag until something is recorded or a scheduled fact comes true.
     */
    STATE,
    /** What is recorded up to its position; the instants, if any, are parameters of its own. */
    POSITION,
    /** Like {@link #POSITION}, and the instant itself, which is shown or counted up to. */
    INSTANT,
    /** More than a tag could be made of: the answer brings its own, or has none. */
    ITSELF
}
