package dev.cadastre.query.temporal;

/** A run of spans of the change log and the sum over them of pairs of facets. */
final class LogGroup {

    static final int SPANS = 16;

    final PairSums pairs;
    int spans;

    LogGroup(int facets) {
        this.pairs = new PairSums(facets);
    }
}
