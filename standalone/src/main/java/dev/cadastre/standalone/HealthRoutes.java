package dev.cadastre.standalone;

import dev.cadastre.events.Microseconds;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.http.config.Readiness;
import dev.cadastre.http.time.InstantText;
import dev.cadastre.query.config.RegisterReadiness;
import dev.cadastre.query.register.current.CurrentRegister;
import dev.cadastre.query.register.current.CurrentStatus;
import dev.cadastre.query.register.projection.ProjectionStatus;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Tells a load balancer whether to send requests here, and an operator how far the register is.
 * Reads go on where writes cannot, so a log that only reads is no reason to be out of service.
 */
@Configuration(proxyBeanMethods = false)
class HealthRoutes {

    @Bean
    RouterFunction<ServerResponse> health(
            EventLog log,
            ObjectProvider<RegisterReadiness> register,
            ObjectProvider<CurrentRegister> current,
            ObjectProvider<Readiness> parts) {
        return RouterFunctions.route()
                .GET(
                        "/actuator/health",
                        request -> {
                            boolean up = parts.stream().allMatch(HealthRoutes::isReady);
                            return ServerResponse.status(up ? 200 : 503)
                                    .cacheControl(CacheControl.noStore())
                                    .bodyValue(
                                            health(
                                                    up,
                                                    log,
                                                    register.getIfAvailable(),
                                                    current.getIfAvailable()));
                        })
                .build();
    }

    private static boolean isReady(Readiness part) {
        return part.ready().isDone() && !part.ready().isCompletedExceptionally();
    }

    private static Map<String, Object> health(
            boolean up,
            EventLog log,
            @Nullable RegisterReadiness register,
            @Nullable CurrentRegister current) {
        Map<String, Object> health = new LinkedHashMap<>();
        health.put("status", up ? "UP" : "OUT_OF_SERVICE");
        Optional<String> readOnly = log.readOnlyReason();
        health.put("writable", readOnly.isEmpty());
        readOnly.ifPresent(reason -> health.put("readOnlyReason", reason));
        health.put("logPosition", log.head().size() - 1);
        log.lastHeard()
                .ifPresent(
                        heard ->
                                health.put(
                                        "logHeard",
                                        InstantText.format(Microseconds.ofClock(heard))));
        if (register != null) {
            ProjectionStatus status = register.status();
            health.put("following", status.failure() == null);
            health.put("registerPosition", status.position());
        }
        if (current != null) {
            CurrentStatus status = current.status();
            health.put("currentRegisterPosition", status.position());
            health.put("currentRegisterKeeper", status.keeper().word());
        }
        return health;
    }
}
