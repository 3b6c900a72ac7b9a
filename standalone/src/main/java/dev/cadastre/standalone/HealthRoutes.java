package dev.cadastre.standalone;

import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.http.config.Readiness;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/** Tells a load balancer whether to send requests here. */
@Configuration(proxyBeanMethods = false)
class HealthRoutes {

    @Bean
    RouterFunction<ServerResponse> health(EventLog log, ObjectProvider<Readiness> parts) {
        return RouterFunctions.route()
                .GET(
                        "/actuator/health",
                        request ->
                                parts.stream().allMatch(HealthRoutes::isReady)
                                        ? ServerResponse.ok().bodyValue(up(log))
                                        : ServerResponse.status(503)
                                                .bodyValue(Map.of("status", "OUT_OF_SERVICE")))
                .build();
    }

    private static boolean isReady(Readiness part) {
        return part.ready().isDone() && !part.ready().isCompletedExceptionally();
    }

    private static Map<String, Object> up(EventLog log) {
        return Map.of("status", "UP", "writable", log.readOnlyReason().isEmpty());
    }
}
