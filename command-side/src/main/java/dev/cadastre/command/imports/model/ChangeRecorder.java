package dev.cadastre.command.imports.model;

import dev.cadastre.eventstore.log.ChangeSet;
import dev.cadastre.eventstore.log.Committed;
import java.util.concurrent.CompletableFuture;

/** Judges a change by the register's rules and hands it to the log as one change set. */
interface ChangeRecorder {

    /**
     * Returns as soon as the change set is queued, so that the next change can build on it.
     *
     * @return completes when the change set is durable, or with the log's refusal
     * @throws RefusedChange if a rule is broken; nothing was recorded
     */
    Recorded record(HistoryChange change, ChangeSet.Key key) throws RefusedChange;

    /**
     * A change set on its way.
     *
     * @param events how many events it has, declared classes and people among them
     */
    record Recorded(int events, CompletableFuture<Committed> committed) {}
}
