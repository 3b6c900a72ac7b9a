package dev.cadastre.query.changes.model;

import dev.cadastre.query.register.kinds.RegisterKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A thing, an instant of it that a change set is about, and where the events lie that are. */
final class TouchedInstant {

    final String stream;

    /** Null for what is no asset and no CI. */
    final @Nullable RegisterKind kind;

    final long instant;
    final List<Long> positions = new ArrayList<>(1);

    TouchedInstant(String stream, @Nullable RegisterKind kind, long instant) {
        this.stream = stream;
        this.kind = kind;
        this.instant = instant;
    }
}
