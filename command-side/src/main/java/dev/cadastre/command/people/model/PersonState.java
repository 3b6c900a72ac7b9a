package dev.cadastre.command.people.model;

import dev.cadastre.command.shared.EntityState;
import dev.cadastre.events.person.PersonEvent.PersonRegistered;
import org.jspecify.annotations.Nullable;

/**
 * What the log holds of a person.
 *
 * @param registered null if nothing
 * @param sequenceNumber of the event, with which its ciphertext is bound
 */
public record PersonState(@Nullable PersonRegistered registered, long sequenceNumber)
        implements EntityState {

    static final PersonState ABSENT = new PersonState(null, -1);

    @Override
    public boolean present() {
        return registered != null;
    }
}
