package dev.cadastre.query.temporal;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Takes a page out of what a search finds. Where the change log tells the total and matches are
 * dense, it walks the ids and stops behind the page; else it judges all candidates and keeps the
 * first ones.
 */
final class Paging {

    private final KindIndex kind;
    private final Search search;
    private final PageRequest request;
    private final RowOrder order;
    private final int wanted;

    Paging(KindIndex kind, Search search, PageRequest request) {
        this.kind = kind;
        this.search = search;
        this.request = request;
        this.order = new RowOrder(kind, request);
        // One more than the page holds tells whether others follow.
        this.wanted =
                (int) Math.min(Integer.MAX_VALUE, (long) request.offset() + request.limit() + 1);
    }

    Page page(IntFunction<Version> versions) {
        long total = search.countFromLog();
        if (total == 0) {
            return new Page(List.of(), 0, false);
        }
        if (request.sort() == null && total > 0 && search.isWalkCheaper(total, wanted)) {
            return pageOf(walked(), total, versions);
        }
        FirstRows first = new FirstRows(order, wanted);
        long[] counted = new long[1];
        PageRequest.After after = request.after();
        search.forEach(
                row -> {
                    counted[0]++;
                    if (after == null || order.isBehind(row, after)) {
                        first.add(row);
                    }
                });
        return pageOf(first.inOrder(), counted[0], versions);
    }

    private Page pageOf(int[] rows, long total, IntFunction<Version> versions) {
        List<Version> items =
                Arrays.stream(rows)
                        .skip(request.offset())
                        .limit(request.limit())
                        .mapToObj(versions)
                        .toList();
        return new Page(items, total, rows.length == wanted);
    }

    private int[] walked() {
        IntList rows = new IntList();
        PageRequest.After after = request.after();
        kind.order.walk(
                after == null ? -1 : after.entity(),
                request.descending(),
                entity -> {
                    int row = search.matchAt(entity);
                    if (row >= 0) {
                        rows.add(row);
                    }
                    return rows.size() < wanted;
                });
        return rows.toArray();
    }
}
