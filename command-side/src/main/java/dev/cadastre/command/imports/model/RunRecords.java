package dev.cadastre.command.imports.model;

import dev.cadastre.command.imports.model.ImportCommand.EndImport;
import dev.cadastre.command.imports.model.ImportCommand.StartImport;
import dev.cadastre.command.shared.CommandContext;
import dev.cadastre.command.shared.Commands;
import dev.cadastre.events.imports.ImportEvent.ImportEnded;
import java.util.Objects;

/** Writes the record of a run by commands like any other; returns when it is durable. */
final class RunRecords {

    private final Commands commands;

    RunRecords(Commands commands) {
        this.commands = commands;
    }

    void started(ImportRequest request) {
        commands.handle(
                context(request),
                new StartImport(request.id(), ImportRequest.HISTORY, request.source()));
    }

    /** Returns the position of the record's end. */
    long ended(ImportRequest request, ImportEnded ended) {
        return Objects.requireNonNull(
                commands.handle(context(request), new EndImport(request.id(), ended)).position());
    }

    private static CommandContext context(ImportRequest request) {
        return CommandContext.of(request.principal(), request.source());
    }
}
