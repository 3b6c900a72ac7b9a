package dev.cadastre.standalone;

import dev.cadastre.query.config.RegisterReadiness;
import dev.cadastre.query.register.current.CurrentRegister;
import dev.cadastre.query.register.current.Keeper;
import dev.cadastre.query.shared.stream.LongStreams;
import dev.cadastre.query.temporal.TemporalIndex;
import dev.cadastre.query.webhooks.delivery.DeliveryStatus;
import dev.cadastre.query.webhooks.delivery.DeliveryStatus.Phase;
import dev.cadastre.query.webhooks.delivery.WebhookDeliveries;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.stream.Stream;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the query side tells {@link MetricsRoutes}. */
@Configuration(proxyBeanMethods = false)
class QueryMetrics {

    @Bean
    MeterBinder queryMeters(
            RegisterReadiness register,
            TemporalIndex index,
            CurrentRegister current,
            LongStreams streams,
            WebhookDeliveries webhooks) {
        return registry -> {
            MetricsRoutes.gauge(
                    registry,
                    "cadastre.register.lag.events",
                    "Events of the log that are not yet in answers",
                    register,
                    it -> it.status().lag());
            MetricsRoutes.gauge(
                    registry,
                    "cadastre.register.following",
                    "1 where the register follows the log, 0 where it has stopped",
                    register,
                    it -> it.status().failure() == null ? 1 : 0);
            MetricsRoutes.gauge(
                    registry,
                    "cadastre.current.register.lag.events",
                    "Events of the log that are not yet in the tables or collections of the current"
                            + " register, whichever process writes them",
                    current,
                    it -> it.status().lag());
            MetricsRoutes.gauge(
                    registry,
                    "cadastre.current.register.lag.seconds",
                    "How long ago the first thing was recorded, or came true, that the current register"
                            + " does not tell of yet; 0 where it tells of all",
                    current,
                    it -> it.age().toMillis() / 1_000.0);
            for (Keeper keeper : Keeper.values()) {
                Gauge.builder(
                                "cadastre.current.register.keeper",
                                current,
                                it -> it.status().keeper() == keeper ? 1 : 0)
                        .description("1 at the process that keeps the current register up to date")
                        .tag("process", keeper.word())
                        .register(registry);
            }
            MetricsRoutes.gauge(
                    registry,
                    "cadastre.index.versions",
                    "Versions in the temporal index",
                    index,
                    TemporalIndex::versions);
            MetricsRoutes.gauge(
                    registry,
                    "cadastre.streams.open",
                    "Streams that clients have open",
                    streams,
                    LongStreams::count);
            for (Phase phase : Phase.values()) {
                Gauge.builder("cadastre.webhooks", webhooks, it -> in(phase, it).count())
                        .description("Webhooks by how their deliveries fare")
                        .tag("state", phase.word())
                        .register(registry);
            }
            MetricsRoutes.gauge(
                    registry,
                    "cadastre.webhooks.lag.events",
                    "Events that the webhook which is furthest behind has not come to yet, leaving out"
                            + " paused and dead ones",
                    webhooks,
                    it ->
                            Stream.of(Phase.ACTIVE, Phase.FAILING)
                                    .flatMap(phase -> in(phase, it))
                                    .mapToLong(DeliveryStatus::lag)
                                    .max()
                                    .orElse(0));
        };
    }

    private static Stream<DeliveryStatus> in(Phase phase, WebhookDeliveries webhooks) {
        return webhooks.all().stream().filter(status -> status.phase() == phase);
    }
}
