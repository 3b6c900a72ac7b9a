package dev.cadastre.http.problem;

import java.time.Duration;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * What a request that is refused early still sends. Left unread, it would stand in the way of the
 * next request on the same connection.
 */
final class UnreadBody {

    /** Bodies up to this size are read and dropped; after a longer one the connection is closed. */
    private static final int DROPPED_BYTES = 64 << 10;

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private UnreadBody() {}

    /** Completes when the response can be written; a body that was read is no matter. */
    static Mono<Void> settle(ServerWebExchange exchange) {
        HttpHeaders headers = exchange.getRequest().getHeaders();
        long length = headers.getContentLength();
        if (length > DROPPED_BYTES || headers.containsHeader(HttpHeaders.TRANSFER_ENCODING)) {
            exchange.getResponse().getHeaders().setConnection("close");
            return Mono.empty();
        }
        return length <= 0
                ? Mono.empty()
                : exchange.getRequest()
                        .getBody()
                        .doOnNext(DataBufferUtils::release)
                        .then()
                        .timeout(PATIENCE)
                        .onErrorComplete();
    }
}
