package dev.cadastre.http.config;

import java.time.Duration;

/**
 * How the server listens and what it takes.
 *
 * @param bindAddress address to listen on; a loopback address also has the Host header checked
 * @param port port to listen on; 0 picks a free one
 * @param bodyBytes the largest body that is read at once; imports are read as they come
 * @param requestsAtOnce how many requests may be under way
 * @param longestStall how long a client may take nothing of an answer; its connection is closed
 *     after up to twice that time
 */
public record HttpSettings(
        String bindAddress, int port, int bodyBytes, int requestsAtOnce, Duration longestStall) {

    public static final int DEFAULT_PORT = 8080;
    public static final int DEFAULT_BODY_BYTES = 16 * 1024 * 1024;
    public static final int DEFAULT_REQUESTS_AT_ONCE = 2_048;
    public static final Duration DEFAULT_LONGEST_STALL = Duration.ofMinutes(2);

    public HttpSettings {
        if (bindAddress.isBlank()) {
            throw new IllegalArgumentException("no address to listen on");
        }
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("no such port: " + port);
        }
        if (bodyBytes < 1 || requestsAtOnce < 1 || !longestStall.isPositive()) {
            throw new IllegalArgumentException("limits must be positive");
        }
    }

    /** The limits that suit most. */
    public static HttpSettings of(String bindAddress, int port) {
        return new HttpSettings(
                bindAddress,
                port,
                DEFAULT_BODY_BYTES,
                DEFAULT_REQUESTS_AT_ONCE,
                DEFAULT_LONGEST_STALL);
    }
}
