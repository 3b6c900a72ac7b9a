package dev.cadastre.command.config;

import dev.cadastre.command.http.CommandRoutes;
import dev.cadastre.command.people.http.KeyStoreProblems;
import dev.cadastre.command.people.http.PersonRoutes;
import dev.cadastre.command.people.keys.ExternalNames;
import dev.cadastre.command.people.keys.FilePersonKeys;
import dev.cadastre.command.people.keys.PersonCipher;
import dev.cadastre.command.people.keys.PersonKeys;
import dev.cadastre.command.people.model.Person;
import dev.cadastre.command.people.model.PersonRegistry;
import dev.cadastre.command.shared.AggregateType;
import dev.cadastre.command.shared.Timelines;
import dev.cadastre.eventstore.config.DataDirectories;
import dev.cadastre.http.config.BlockingWork;
import java.security.SecureRandom;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/** People. Needs a bean of {@link DataDirectories}: their keys lie in the trust directory. */
@Configuration(proxyBeanMethods = false)
class PeopleConfiguration {

    private final SecureRandom random = new SecureRandom();

    @Bean
    AggregateType<Person> person() {
        return Person.TYPE;
    }

    @Bean(destroyMethod = "close")
    FilePersonKeys personKeys(DataDirectories directories) {
        return FilePersonKeys.open(directories.trust(), random);
    }

    @Bean
    ExternalNames externalNames(DataDirectories directories) {
        return ExternalNames.open(directories.trust(), random);
    }

    @Bean
    PersonRegistry personRegistry(PersonKeys keys, ExternalNames names, Timelines timelines) {
        return new PersonRegistry(new PersonCipher(keys, random), names, timelines, random);
    }

    @Bean
    PersonRoutes personRoutes(PersonRegistry registry) {
        return new PersonRoutes(registry);
    }

    @Bean
    CommandRoutes personCommands(PersonRoutes routes) {
        return new CommandRoutes(routes.commands());
    }

    @Bean
    RouterFunction<ServerResponse> personReading(PersonRoutes routes, BlockingWork work) {
        return routes.reading(work);
    }

    @Bean
    KeyStoreProblems keyStoreProblems() {
        return new KeyStoreProblems();
    }
}
