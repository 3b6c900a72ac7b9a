package dev.cadastre.query.temporal;

import java.util.Comparator;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;

/** The rank of each value of a facet in the order of the texts, unknown last. */
final class ValueOrder {

    private final Vocabulary vocabulary;
    private final AtomicReferenceArray<int[]> ranks;

    ValueOrder(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
        this.ranks = new AtomicReferenceArray<>(vocabulary.kind().facets().size());
    }

    /** The ranks by value number; kept until the facet gets a new value. */
    int[] ranks(int facet) {
        int values = vocabulary.values(facet);
        int[] known = ranks.get(facet);
        if (known != null && known.length >= values) {
            return known;
        }
        int[] order =
                IntStream.range(1, values)
                        .boxed()
                        .sorted(Comparator.comparing(value -> vocabulary.text(facet, value)))
                        .mapToInt(Integer::intValue)
                        .toArray();
        int[] fresh = new int[values];
        for (int rank = 0; rank < order.length; rank++) {
            fresh[order[rank]] = rank;
        }
        fresh[Vocabulary.NO_VALUE] = values - 1;
        ranks.set(facet, fresh);
        return fresh;
    }
}
