package dev.cadastre.command.people.model;

import dev.cadastre.command.people.keys.ExternalNames;
import dev.cadastre.command.people.keys.PersonCipher;
import dev.cadastre.command.people.keys.PersonCipher.Place;
import dev.cadastre.command.people.keys.PersonIds;
import dev.cadastre.command.shared.Timelines;
import dev.cadastre.events.StreamId;
import dev.cadastre.events.person.PersonEvent.PersonRegistered;
import java.security.SecureRandom;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where people get their ids, and where their ids get their names back. Only here are names and
 * ciphertexts together. Thread-safe.
 */
public final class PersonRegistry {

    private static final String FIELD = "ciphertext";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final PersonCipher cipher;
    private final ExternalNames externalNames;
    private final Timelines timelines;
    private final SecureRandom random;

    public PersonRegistry(
            PersonCipher cipher,
            ExternalNames externalNames,
            Timelines timelines,
            SecureRandom random) {
        this.cipher = cipher;
        this.externalNames = externalNames;
        this.timelines = timelines;
        this.random = random;
    }

    /**
     * A person whom the source of an import calls by a name.
     *
     * @param id the opaque id, the same for each use of the name
     * @param registration has the register know the person, in the change set that first uses the
     *     id; empty if it already does
     */
    public record ExternalPerson(String id, Optional<RegisterPerson> registration) {}

    /** The person whom the source of an import calls by this name. */
    public ExternalPerson personFor(String externalName) {
        String id = externalNames.idOf(externalName);
        return new ExternalPerson(
                id,
                isRegistered(id)
                        ? Optional.empty()
                        : Optional.of(registration(id, new PersonDetails(externalName, null))));
    }

    /** A command that registers a person under a new id. */
    public RegisterPerson registration(PersonDetails details) {
        return registration(PersonIds.draw(random), details);
    }

    /** Whether the register knows a person of this id. */
    public boolean isRegistered(String id) {
        return state(id).present();
    }

    /**
     * What a person is called; the details are empty if their key was destroyed.
     *
     * @return empty if no such person is registered
     */
    public Optional<Optional<PersonDetails>> details(String id) {
        PersonState state = state(id);
        PersonRegistered registered = state.registered();
        if (registered == null) {
            return Optional.empty();
        }
        return Optional.of(
                cipher.decrypt(
                                registered.keyId(),
                                place(id, state.sequenceNumber()),
                                registered.ciphertext())
                        .map(json -> JSON.readValue(json, PersonDetails.class)));
    }

    private RegisterPerson registration(String id, PersonDetails details) {
        // The key is named after the person; a name that is used again finds its key again.
        return new RegisterPerson(
                id, id, cipher.encrypt(id, place(id, 0), JSON.writeValueAsString(details)));
    }

    private PersonState state(String id) {
        return (PersonState) timelines.of(StreamId.person(id).toString()).last();
    }

    private static Place place(String id, long sequenceNumber) {
        return new Place(StreamId.person(id).toString(), sequenceNumber, FIELD);
    }
}
