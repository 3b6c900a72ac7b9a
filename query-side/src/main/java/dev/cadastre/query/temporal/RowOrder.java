package dev.cadastre.query.temporal;

/** The order of a list: by a facet's values, then by id; or by id alone. */
final class RowOrder {

    private final KindIndex kind;
    private final int facet;
    private final int[] ranks;
    private final int sign;

    RowOrder(KindIndex kind, PageRequest request) {
        this.kind = kind;
        this.facet = request.sort() == null ? -1 : kind.vocabulary.kind().facet(request.sort());
        this.ranks = facet < 0 ? new int[0] : kind.valueOrder.ranks(facet);
        this.sign = request.descending() ? -1 : 1;
        PageRequest.After after = request.after();
        if (after != null
                && (kind.timelines.size(after.entity()) == 0
                        || (facet >= 0 && (after.value() < 0 || after.value() >= ranks.length)))) {
            throw new IllegalArgumentException("no page of this list ended at " + after);
        }
    }

    private int rank(int row) {
        return facet < 0 ? 0 : ranks[kind.rows.value(row, facet)];
    }

    int compare(int one, int other) {
        int byRank = Integer.compare(rank(one), rank(other));
        return sign
                * (byRank != 0
                        ? byRank
                        : kind.order.compare(kind.rows.entity(one), kind.rows.entity(other)));
    }

    /** Whether a row comes behind the place where a page ended. */
    boolean isBehind(int row, PageRequest.After after) {
        int place = facet < 0 ? 0 : ranks[after.value()];
        int byRank = Integer.compare(rank(row), place);
        return sign
                        * (byRank != 0
                                ? byRank
                                : kind.order.compare(kind.rows.entity(row), after.entity()))
                > 0;
    }
}
