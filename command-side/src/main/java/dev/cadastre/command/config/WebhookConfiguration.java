package dev.cadastre.command.config;

import dev.cadastre.command.http.CommandRoutes;
import dev.cadastre.command.shared.AggregateType;
import dev.cadastre.command.webhooks.http.WebhookRoutes;
import dev.cadastre.command.webhooks.model.WebhookSubscription;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.http.outbound.OutboundAddresses;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Webhook subscriptions, to the public internet where there is no {@link OutboundAddresses}. */
@Configuration(proxyBeanMethods = false)
class WebhookConfiguration {

    @Bean
    AggregateType<WebhookSubscription> webhookSubscription() {
        return WebhookSubscription.TYPE;
    }

    @Bean
    CommandRoutes webhookCommands(EventLog log, ObjectProvider<OutboundAddresses> addresses) {
        return new CommandRoutes(
                new WebhookRoutes(log, addresses.getIfAvailable(() -> OutboundAddresses.PUBLIC))
                        .commands());
    }
}
