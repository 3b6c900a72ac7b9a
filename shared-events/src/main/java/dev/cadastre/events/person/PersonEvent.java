package dev.cadastre.events.person;

import dev.cadastre.events.Event;
import dev.cadastre.events.StoredAs;

/** What the log knows of a person: ciphertext under a key of that person, kept outside the log. */
public sealed interface PersonEvent extends Event {

    /**
     * The person goes by a name.
     *
     * @param keyId names the person's key in the key store
     * @param ciphertext base64 of nonce and AES-256-GCM ciphertext of the person's JSON details
     */
    @StoredAs("person.registered")
    record PersonRegistered(String keyId, String ciphertext) implements PersonEvent {}
}
