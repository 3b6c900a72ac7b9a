package dev.cadastre.standalone;

import dev.cadastre.http.config.HttpConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * Both sides in one web server; the log, the clock and the directories come from {@link Server}.
 */
@Configuration(proxyBeanMethods = false)
@Import({HttpConfiguration.class, HealthRoutes.class})
class ServerConfiguration {}
