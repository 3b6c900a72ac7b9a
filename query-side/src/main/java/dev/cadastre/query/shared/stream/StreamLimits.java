package dev.cadastre.query.shared.stream;

import java.time.Duration;

/**
 * The bounds of streams.
 *
 * @param most how many may be open
 * @param mostOfOne how many of them one principal may have open
 * @param heartbeat how long nothing may be sent
 * @param longestStall how long a client may leave untaken what was sent before its connection is
 *     closed
 * @param farewell how long a client has to take the last message
 * @param look how often tokens, heartbeats and stalls are looked after
 */
public record StreamLimits(
        int most,
        int mostOfOne,
        Duration heartbeat,
        Duration longestStall,
        Duration farewell,
        Duration look) {

    /**
     * Room for a thousand idle and a hundred busy streams of one principal, and for those of others
     * beside.
     */
    public static final StreamLimits DEFAULT =
            new StreamLimits(
                    2_048,
                    1_536,
                    Duration.ofSeconds(15),
                    Duration.ofMinutes(2),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(1));
}
