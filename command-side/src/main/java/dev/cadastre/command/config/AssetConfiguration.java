package dev.cadastre.command.config;

import dev.cadastre.command.assets.http.AssetRoutes;
import dev.cadastre.command.assets.model.Asset;
import dev.cadastre.command.http.CommandRoutes;
import dev.cadastre.command.shared.AggregateType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Assets. */
@Configuration(proxyBeanMethods = false)
class AssetConfiguration {

    @Bean
    AggregateType<Asset> asset() {
        return Asset.TYPE;
    }

    @Bean
    CommandRoutes assetCommands() {
        return new CommandRoutes(AssetRoutes.all());
    }
}
