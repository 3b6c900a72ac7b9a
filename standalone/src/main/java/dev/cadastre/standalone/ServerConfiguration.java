package dev.cadastre.standalone;

import dev.cadastre.command.config.CommandSideConfiguration;
import dev.cadastre.http.config.HttpConfiguration;
import dev.cadastre.query.config.QuerySideConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * Both sides in one web server; the log, the clock and the directories come from {@link Server}.
 */
@Configuration(proxyBeanMethods = false)
@Import({
    HttpConfiguration.class,
    CommandSideConfiguration.class,
    QuerySideConfiguration.class,
    HealthRoutes.class,
    MetricsRoutes.class
})
class ServerConfiguration {}
