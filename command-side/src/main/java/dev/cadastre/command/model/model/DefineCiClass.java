package dev.cadastre.command.model.model;

import dev.cadastre.command.shared.Command;
import dev.cadastre.events.StreamId;
import dev.cadastre.events.model.ModelEvent.CiClassDefined;

/** Define a CI class, or define it anew. */
public record DefineCiClass(String name, CiClassDefined definition) implements Command {

    @Override
    public StreamId target() {
        return StreamId.ciClass(name);
    }
}
