package dev.cadastre.command.imports.model;

import dev.cadastre.command.people.keys.ExternalNames;
import dev.cadastre.command.people.keys.PersonCipher;
import dev.cadastre.command.people.model.PersonRegistry;
import dev.cadastre.command.shared.AggregateType;
import dev.cadastre.command.shared.CommandHandling;
import dev.cadastre.eventstore.log.EventLog;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Collection;

/** The register into which an import goes: how it takes commands, and how it knows people. */
public record ImportRegister(CommandHandling handling, PersonRegistry people) {

    /** A register on trial: the same rules over a log, and keys of people that it forgets. */
    public static ImportRegister onTrial(
            EventLog log,
            Clock clock,
            Collection<? extends AggregateType<?>> types,
            ExternalNames names) {
        CommandHandling handling = CommandHandling.start(log, clock, types);
        SecureRandom random = new SecureRandom();
        return new ImportRegister(
                handling,
                new PersonRegistry(
                        new PersonCipher(new TrialKeys(random), random),
                        names,
                        handling.timelines(),
                        random));
    }

    ChangeRecorder recorder(ImportRequest request) {
        return new CommandRecorder(handling.commands(), handling.timelines(), people, request);
    }
}
