package dev.cadastre.query.temporal;

import java.util.ArrayList;
import java.util.List;

/** A run of blocks of the change log, never empty, and the sum over them. */
final class LogSpan {

    final List<LogBlock> blocks;
    final LogSums sums;
    int entries;

    LogSpan(int facets, LogBlock first) {
        this(facets, List.of(first));
    }

    LogSpan(int facets, List<LogBlock> blocks) {
        this.blocks = new ArrayList<>(blocks);
        sums = new LogSums(facets, LogSums.SPAN_VALUES);
        for (LogBlock block : blocks) {
            entries += block.size();
        }
    }

    boolean beginsAtOrBefore(long validFrom, int row) {
        return blocks.getFirst().beginsAtOrBefore(validFrom, row);
    }

    /** The last block that begins at or before a key; the first if all begin later. */
    int blockFor(long validFrom, int row) {
        int low = 1;
        int high = blocks.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (blocks.get(middle).beginsAtOrBefore(validFrom, row)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }
}
