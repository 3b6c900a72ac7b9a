package dev.cadastre.query.replay.model;

import dev.cadastre.query.register.kinds.RegisterKind;
import dev.cadastre.query.temporal.Coordinates;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a step holds of one entity, before it is folded. */
final class Touch {

    final RegisterKind kind;
    final String stream;

    /** Where the state before the step is found. */
    final Coordinates before;

    /** Where the state after the step is found; null where folding the events gives it. */
    final @Nullable Coordinates after;

    /**
     * Position of the first event folded, where others of the same instant lie before it, so that
     * {@code before} is not yet the state before the step; else -1.
     */
    final long behind;

    final List<ReadEvent> events = new ArrayList<>(1);

    Touch(
            RegisterKind kind,
            String stream,
            Coordinates before,
            @Nullable Coordinates after,
            long behind) {
        this.kind = kind;
        this.stream = stream;
        this.before = before;
        this.after = after;
        this.behind = behind;
    }

    String id() {
        return kind.idOf(stream);
    }
}
