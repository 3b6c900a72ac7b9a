package dev.cadastre.command.model.model;

import dev.cadastre.command.shared.Command;
import dev.cadastre.events.StreamId;
import dev.cadastre.events.model.ModelEvent.RelationTypeDefined;

/** Define a relation type, or define it anew. */
public record DefineRelationType(String name, RelationTypeDefined definition) implements Command {

    @Override
    public StreamId target() {
        return StreamId.relationType(name);
    }
}
