package dev.cadastre.command.imports.model;

import dev.cadastre.events.imports.ImportEvent.ImportEnded;

/** Writes the record of a run into the log; returns when it is durable. */
interface RunRecords {

    void started(ImportRequest request);

    /**
     * @return the position of the record's last event
     */
    long ended(ImportRequest request, ImportEnded ended);
}
