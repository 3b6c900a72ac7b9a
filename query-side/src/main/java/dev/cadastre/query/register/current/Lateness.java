package dev.cadastre.query.register.current;

import dev.cadastre.eventstore.log.LogHead;
import dev.cadastre.query.register.kinds.RegisterKind;
import dev.cadastre.query.temporal.View;
import dev.cadastre.query.versions.store.CurrentToken;

/** Since when the current register does not tell of everything. */
final class Lateness {

    private Lateness() {}

    /**
     * When the first thing that a token does not include was recorded, or came true or will;
     * microseconds, {@link Long#MAX_VALUE} if nothing is known that it does not include.
     */
    static long since(CurrentToken token, LogHead head, View view) {
        long missing = token.position() + 1;
        if (missing >= head.size()) {
            return nextToComeTrue(token.asOf(), view);
        }
        // What the view has not got either is no older than this, at the least.
        return missing <= view.position()
                ? view.recordedAt(Math.toIntExact(missing))
                : head.recordedAt();
    }

    private static long nextToComeTrue(long asOf, View view) {
        long next = Long.MAX_VALUE;
        for (RegisterKind kind : RegisterKind.values()) {
            next = Math.min(next, view.kind(kind.word()).nextStart(asOf, view.position()));
        }
        return next;
    }
}
