package dev.cadastre.command.people.model;

import dev.cadastre.command.shared.Command;
import dev.cadastre.events.StreamId;

/**
 * Has the register know a person. Changes nothing if it already does. Made by {@link
 * PersonRegistry}, which encrypts.
 *
 * @param id the opaque id
 * @param keyId names the key
 * @param ciphertext bound to the first event of the person's stream
 */
public record RegisterPerson(String id, String keyId, String ciphertext) implements Command {

    @Override
    public StreamId target() {
        return StreamId.person(id);
    }
}
