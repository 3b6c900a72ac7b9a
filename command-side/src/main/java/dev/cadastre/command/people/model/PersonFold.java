package dev.cadastre.command.people.model;

import dev.cadastre.command.shared.Fact;
import dev.cadastre.command.shared.Fold;
import dev.cadastre.events.StreamId;
import dev.cadastre.events.person.PersonEvent;
import dev.cadastre.events.person.PersonEvent.PersonRegistered;

/** Adds up the facts of a person. A person is not bounded in valid time. */
public final class PersonFold implements Fold<PersonState> {

    public static final PersonFold INSTANCE = new PersonFold();

    private PersonFold() {}

    @Override
    public String kind() {
        return StreamId.PERSON;
    }

    @Override
    public PersonState absent() {
        return PersonState.ABSENT;
    }

    @Override
    public PersonState apply(PersonState state, Fact fact) {
        return switch ((PersonEvent) fact.event()) {
            case PersonRegistered registered -> new PersonState(registered, fact.sequenceNumber());
        };
    }

    @Override
    public boolean timeless() {
        return true;
    }
}
