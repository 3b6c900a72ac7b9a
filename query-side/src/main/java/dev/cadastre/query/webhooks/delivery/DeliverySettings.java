package dev.cadastre.query.webhooks.delivery;

import dev.cadastre.query.shared.claims.Claim;
import dev.cadastre.query.webhooks.model.Endpoint;
import dev.cadastre.query.webhooks.model.RetryPolicy;
import dev.cadastre.query.webhooks.signing.WebhookSecrets;
import dev.cadastre.query.webhooks.state.DeliveryStates;
import java.time.Clock;
import java.util.function.DoubleSupplier;

/**
 * What deliveries work with.
 *
 * @param claim on delivering: only the process that has it sends anything
 * @param alarm goes by the same clock
 * @param random from 0 up to but not including 1, for delays that are not all alike
 */
public record DeliverySettings(
        Endpoint endpoint,
        DeliveryStates states,
        Claim claim,
        WebhookSecrets secrets,
        RetryPolicy retries,
        Clock clock,
        Alarm alarm,
        DoubleSupplier random) {}
