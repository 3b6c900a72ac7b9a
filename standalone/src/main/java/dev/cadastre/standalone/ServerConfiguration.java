package dev.cadastre.standalone;

import dev.cadastre.http.config.HttpConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * What every server has, whichever {@link Side} it runs; the log, the clock and the directories
 * come from {@link Server}.
 */
@Configuration(proxyBeanMethods = false)
@Import({HttpConfiguration.class, HealthRoutes.class, MetricsRoutes.class})
class ServerConfiguration {}
