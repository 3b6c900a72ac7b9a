package dev.cadastre.query.webhooks.endpoint;

import java.time.Duration;

/**
 * What a receiver may take of the sender.
 *
 * @param connect how long until it accepts the connection
 * @param answer how long until it answers
 * @param total how long for everything: name, connection, TLS, request and answer
 * @param body how long the body of an answer is read before the connection is given up
 * @param bodyBytes how much of it is read
 */
public record EndpointLimits(
        Duration connect, Duration answer, Duration total, Duration body, int bodyBytes) {

    public static final EndpointLimits DEFAULT =
            new EndpointLimits(
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(15),
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(2),
                    64 << 10);
}
