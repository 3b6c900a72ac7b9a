package dev.cadastre.command.people.model;

import dev.cadastre.command.shared.AggregateType;
import dev.cadastre.command.shared.Decision;
import dev.cadastre.command.shared.Neighbours;
import dev.cadastre.command.shared.TimelineAggregate;
import dev.cadastre.events.StreamId;
import dev.cadastre.events.person.PersonEvent.PersonRegistered;
import java.util.List;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.CreationPolicy;

/** A person, of whom the log holds only ciphertext. */
public final class Person extends TimelineAggregate<PersonState> {

    /** How people are made and their facts add up. */
    public static final AggregateType<Person> TYPE =
            new AggregateType<>(Person.class, Person::new, PersonFold.INSTANCE);

    Person() {
        super(PersonFold.INSTANCE);
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(RegisterPerson command, Neighbours neighbours) {
        if (timeline().last().present()) {
            return;
        }
        record(
                command,
                List.of(
                        new Recording(
                                new PersonRegistered(command.keyId(), command.ciphertext()), null)),
                neighbours);
    }

    @Override
    protected List<StreamId> check(Decision<PersonState> decision, Neighbours neighbours) {
        return List.of();
    }
}
