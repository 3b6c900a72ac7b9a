package dev.cadastre.command.people.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadastre.command.people.keys.ExternalNames;
import dev.cadastre.command.people.keys.FilePersonKeys;
import dev.cadastre.command.people.keys.KeyStoreException;
import dev.cadastre.command.people.keys.PersonCipher;
import dev.cadastre.command.people.model.PersonRegistry.ExternalPerson;
import dev.cadastre.command.shared.CommandContext;
import dev.cadastre.command.shared.CommandHandling;
import dev.cadastre.command.shared.Recorded;
import dev.cadastre.eventstore.config.EmbeddedLog;
import dev.cadastre.eventstore.log.EventLog;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PersonRegistryTest {

    private static final CommandContext CONTEXT = CommandContext.of("person-a", "test");

    @TempDir Path directory;

    private EventLog log;
    private CommandHandling handling;
    private FilePersonKeys keys;
    private PersonRegistry registry;

    @BeforeEach
    void open() {
        log = EmbeddedLog.open(directory.resolve("data"), Clock.systemUTC());
        handling = CommandHandling.start(log, Clock.systemUTC(), List.of(Person.TYPE));
        keys = FilePersonKeys.open(directory.resolve("trust"), new SecureRandom());
        registry = registry("trust", keys);
    }

    @AfterEach
    void close() {
        keys.close();
        handling.close();
        log.close();
    }

    @Test
    void an_external_name_is_one_person_registered_once() {
        ExternalPerson first = registry.personFor("Ada Lovelace");
        handling.commands().handle(CONTEXT, first.registration().orElseThrow());

        ExternalPerson again = registry.personFor("Ada Lovelace");

        assertThat(again.id()).isEqualTo(first.id()).startsWith("person-");
        assertThat(again.registration()).isEmpty();
        assertThat(registry.personFor("Bob").id()).isNotEqualTo(first.id());
        assertThat(registry.details(first.id()))
                .contains(Optional.of(new PersonDetails("Ada Lovelace", null)));
    }

    @Test
    void registering_a_person_again_changes_nothing() {
        RegisterPerson registration =
                registry.registration(new PersonDetails("Ada", "ada@example.org"));
        handling.commands().handle(CONTEXT, registration);

        Recorded again = handling.commands().handle(CONTEXT, registration);

        assertThat(again.position()).isNull();
        assertThat(log.head().size()).isOne();
    }

    @Test
    void two_people_of_one_name_are_two_people() {
        PersonDetails details = new PersonDetails("Ada", null);

        assertThat(registry.registration(details).id())
                .isNotEqualTo(registry.registration(details).id());
    }

    @Test
    void of_a_person_whose_key_is_gone_no_details_are_known() {
        RegisterPerson registration = registry.registration(new PersonDetails("Ada", null));
        handling.commands().handle(CONTEXT, registration);

        try (FilePersonKeys none =
                FilePersonKeys.open(directory.resolve("other"), new SecureRandom())) {
            PersonRegistry without = registry("other", none);
            assertThat(without.details(registration.id())).contains(Optional.empty());

            none.keyFor(registration.keyId());
            assertThatThrownBy(() -> without.details(registration.id()))
                    .isInstanceOf(KeyStoreException.class)
                    .hasMessageContaining("Restore the key store");
        }
        assertThat(registry.details("person-nobody")).isEmpty();
    }

    @Test
    void details_tell_nothing_when_they_are_logged() {
        assertThat(new PersonDetails("Ada", "ada@example.org").toString())
                .doesNotContain("Ada", "@");
    }

    private PersonRegistry registry(String trust, FilePersonKeys store) {
        SecureRandom random = new SecureRandom();
        return new PersonRegistry(
                new PersonCipher(store, random),
                ExternalNames.open(directory.resolve(trust), random),
                handling.timelines(),
                random);
    }
}
