package dev.cadastre.command.imports.model;

import dev.cadastre.command.shared.Command;
import dev.cadastre.events.StreamId;
import dev.cadastre.events.imports.ImportEvent.ImportEnded;

/** What the record of a run is asked to note. */
sealed interface ImportCommand extends Command {

    String run();

    @Override
    default StreamId target() {
        return StreamId.importRun(run());
    }

    /** Notes that a file began to be read. */
    record StartImport(String run, String profile, String source) implements ImportCommand {}

    /** Notes how the run ended. */
    record EndImport(String run, ImportEnded ended) implements ImportCommand {}
}
