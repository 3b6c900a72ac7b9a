package dev.cadastre.standalone;

import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.query.config.RegisterReadiness;
import dev.cadastre.query.shared.stream.LongStreams;
import dev.cadastre.query.temporal.TemporalIndex;
import dev.cadastre.query.webhooks.delivery.DeliveryStatus;
import dev.cadastre.query.webhooks.delivery.DeliveryStatus.Phase;
import dev.cadastre.query.webhooks.delivery.WebhookDeliveries;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/** What an operator's Prometheus collects; needs a token like any other query. */
@Configuration(proxyBeanMethods = false)
class MetricsRoutes {

    /** Version 0.0.4 of Prometheus' text format. */
    private static final MediaType TEXT_FORMAT =
            MediaType.parseMediaType("text/plain;version=0.0.4;charset=utf-8");

    @Bean(destroyMethod = "close")
    PrometheusMeterRegistry meterRegistry(
            EventLog log,
            RegisterReadiness register,
            TemporalIndex index,
            LongStreams streams,
            WebhookDeliveries webhooks) {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        gauge(registry, "cadastre.log.events", "Events in the log", log, it -> it.head().size());
        gauge(
                registry,
                "cadastre.log.writable",
                "1 where the log takes commands, 0 where it only reads",
                log,
                it -> it.readOnlyReason().isEmpty() ? 1 : 0);
        gauge(
                registry,
                "cadastre.register.lag.events",
                "Events of the log that are not yet in answers",
                register,
                it -> it.status().lag());
        gauge(
                registry,
                "cadastre.register.following",
                "1 where the register follows the log, 0 where it has stopped",
                register,
                it -> it.status().failure() == null ? 1 : 0);
        gauge(
                registry,
                "cadastre.index.versions",
                "Versions in the temporal index",
                index,
                TemporalIndex::versions);
        gauge(
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
        gauge(
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
        return registry;
    }

    private static Stream<DeliveryStatus> in(Phase phase, WebhookDeliveries webhooks) {
        return webhooks.all().stream().filter(status -> status.phase() == phase);
    }

    /** Listens to collections until it is closed. */
    @Bean(destroyMethod = "close")
    JvmGcMetrics collections(MeterRegistry registry) {
        JvmGcMetrics collections = new JvmGcMetrics();
        collections.bindTo(registry);
        return collections;
    }

    private static <T> void gauge(
            MeterRegistry registry,
            String name,
            String description,
            T source,
            ToDoubleFunction<T> value) {
        Gauge.builder(name, source, value).description(description).register(registry);
    }

    @Bean
    RouterFunction<ServerResponse> metrics(PrometheusMeterRegistry registry) {
        return RouterFunctions.route()
                .GET(
                        "/actuator/prometheus",
                        request ->
                                ServerResponse.ok()
                                        .contentType(TEXT_FORMAT)
                                        .bodyValue(registry.scrape()))
                .build();
    }
}
