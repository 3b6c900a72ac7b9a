package dev.cadastre.query.replay.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the steps of a replay come from, some at a time. */
interface Steps {

    /** The next steps, which may be none for now; null at the end. */
    @Nullable List<PendingStep> next();
}
