package dev.cadastre.query.temporal;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A run of blocks of the change log, never empty, and the sum over them. */
final class LogSpan {

    final List<LogBlock> blocks;
    LogGroup group;
    final LogSums sums;
    final PairSums pairs;

    /** The sums over all spans before this one, of facets with few values. */
    final LogSums before;

    long entriesBefore;
    int entries;

    LogSpan(int facets, LogGroup group, LogBlock first) {
        this(facets, group, List.of(first));
    }

    LogSpan(int facets, LogGroup group, List<LogBlock> blocks) {
        this.group = group;
        group.spans++;
        this.blocks = new ArrayList<>(blocks);
        sums = new LogSums(facets, LogSums.SPAN_VALUES);
        pairs = new PairSums(facets);
        before = new LogSums(facets, LogSums.BLOCK_VALUES);
        for (LogBlock block : blocks) {
            entries += block.size();
        }
    }

    /** Takes over what the span before this one knows of those before it, and adds it. */
    void follow(@Nullable LogSpan previous) {
        before.clear();
        entriesBefore = 0;
        if (previous != null) {
            before.addAll(previous.before);
            before.addAll(previous.sums);
            entriesBefore = previous.entriesBefore + previous.entries;
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
