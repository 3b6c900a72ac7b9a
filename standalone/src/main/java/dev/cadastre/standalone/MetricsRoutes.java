package dev.cadastre.standalone;

import dev.cadastre.eventstore.log.EventLog;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
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
            EventLog log, Clock clock, ObjectProvider<MeterBinder> parts) {
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
                "cadastre.log.heard.age.seconds",
                "How long ago the log was last heard from; 0 where no other process can write",
                log,
                it -> secondsSince(it.lastHeard(), clock.instant()));
        parts.orderedStream().forEach(part -> part.bindTo(registry));
        return registry;
    }

    private static double secondsSince(Optional<Instant> heard, Instant now) {
        return heard.map(then -> Duration.between(then, now).toMillis() / 1_000.0).orElse(0.0);
    }

    /** Listens to collections until it is closed. */
    @Bean(destroyMethod = "close")
    JvmGcMetrics collections() {
        return new JvmGcMetrics();
    }

    static <T> void gauge(
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
                                        .cacheControl(CacheControl.noStore())
                                        .bodyValue(registry.scrape()))
                .build();
    }
}
