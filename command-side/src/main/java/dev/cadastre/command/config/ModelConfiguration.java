package dev.cadastre.command.config;

import dev.cadastre.command.http.CommandRoutes;
import dev.cadastre.command.model.http.ModelRoutes;
import dev.cadastre.command.model.model.CiClass;
import dev.cadastre.command.model.model.RelationType;
import dev.cadastre.command.shared.AggregateType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** CI classes and relation types. */
@Configuration(proxyBeanMethods = false)
class ModelConfiguration {

    @Bean
    AggregateType<CiClass> ciClass() {
        return CiClass.TYPE;
    }

    @Bean
    AggregateType<RelationType> relationType() {
        return RelationType.TYPE;
    }

    @Bean
    CommandRoutes modelCommands() {
        return new CommandRoutes(ModelRoutes.routes());
    }
}
