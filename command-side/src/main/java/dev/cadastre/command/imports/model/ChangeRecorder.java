package dev.cadastre.command.imports.model;

import dev.cadastre.command.shared.Recorded;
import dev.cadastre.eventstore.log.ChangeSet;
import java.util.concurrent.CompletableFuture;

/** Judges a change by the register's rules and hands it to the log as one change set. */
interface ChangeRecorder {

    /**
     * Returns as soon as the change set is queued, so that the next change can build on it.
     *
     * @return completes when the change set is durable, or with the log's refusal
     * @throws RefusedChange if a rule is broken; nothing was recorded
     */
    CompletableFuture<Recorded> queue(HistoryChange change, ChangeSet.Key key) throws RefusedChange;

    /**
     * Returns when the change set is durable; a race that was lost is decided anew.
     *
     * @throws RefusedChange if a rule is broken; nothing was recorded
     * @throws dev.cadastre.eventstore.log.LogException if the log cannot take it, or knows the key
     */
    Recorded handle(HistoryChange change, ChangeSet.Key key) throws RefusedChange;
}
