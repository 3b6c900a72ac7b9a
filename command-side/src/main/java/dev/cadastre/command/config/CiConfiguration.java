package dev.cadastre.command.config;

import dev.cadastre.command.cis.http.CiRoutes;
import dev.cadastre.command.cis.model.ConfigurationItem;
import dev.cadastre.command.http.CommandRoutes;
import dev.cadastre.command.shared.AggregateType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Configuration items. */
@Configuration(proxyBeanMethods = false)
class CiConfiguration {

    @Bean
    AggregateType<ConfigurationItem> configurationItem() {
        return ConfigurationItem.TYPE;
    }

    @Bean
    CommandRoutes ciCommands() {
        return new CommandRoutes(CiRoutes.routes());
    }
}
