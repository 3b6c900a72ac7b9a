package dev.cadastre.query.config;

import dev.cadastre.eventstore.config.DataDirectories;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.http.outbound.OutboundAddresses;
import dev.cadastre.query.register.bodies.Bodies;
import dev.cadastre.query.register.model.EntityChanges;
import dev.cadastre.query.register.projection.RegisterProjection;
import dev.cadastre.query.shared.http.QueryHttp;
import dev.cadastre.query.webhooks.delivery.Alarm;
import dev.cadastre.query.webhooks.delivery.DeliverySettings;
import dev.cadastre.query.webhooks.delivery.RegisterContent;
import dev.cadastre.query.webhooks.delivery.WebhookDeliveries;
import dev.cadastre.query.webhooks.endpoint.EndpointLimits;
import dev.cadastre.query.webhooks.endpoint.HttpEndpoint;
import dev.cadastre.query.webhooks.endpoint.NameLookup;
import dev.cadastre.query.webhooks.http.WebhookRoutes;
import dev.cadastre.query.webhooks.model.RetryPolicy;
import dev.cadastre.query.webhooks.signing.WebhookSecrets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Deliveries of webhooks, to the public internet where there is no bean of {@link
 * OutboundAddresses}.
 */
@Configuration(proxyBeanMethods = false)
class WebhookConfiguration {

    @Bean
    WebhookSecrets webhookSecrets(DataDirectories directories) {
        return WebhookSecrets.open(directories.trust(), new SecureRandom());
    }

    @Bean
    EntityChanges entityChanges(RegisterProjection projection, Bodies bodies) {
        return new EntityChanges(projection.index(), bodies);
    }

    @Bean(destroyMethod = "close")
    WebhookDeliveries webhookDeliveries(
            EventLog log,
            RegisterProjection projection,
            EntityChanges changes,
            WebhookSecrets secrets,
            DataDirectories directories,
            Clock clock,
            ObjectProvider<QueryStores> available,
            ObjectProvider<OutboundAddresses> addresses) {
        QueryStores stores = QuerySideConfiguration.storesOf(available, directories);
        return WebhookDeliveries.start(
                log,
                new RegisterContent(projection, changes),
                new DeliverySettings(
                        new HttpEndpoint(
                                addresses.getIfAvailable(() -> OutboundAddresses.PUBLIC),
                                NameLookup.SYSTEM,
                                EndpointLimits.DEFAULT,
                                clock,
                                null),
                        stores.deliveries(),
                        stores.delivering(),
                        secrets,
                        RetryPolicy.DEFAULT,
                        clock,
                        Alarm.by(clock),
                        () -> ThreadLocalRandom.current().nextDouble()));
    }

    @Bean
    RouterFunction<ServerResponse> webhookReading(
            QueryHttp http, WebhookDeliveries deliveries, WebhookSecrets secrets, Clock clock) {
        return WebhookRoutes.of("/api/v1/webhooks", http, deliveries, secrets, clock);
    }
}
