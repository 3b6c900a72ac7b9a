package dev.cadastre.http.problem;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * What a request that is refused early still sends. Left unread, it would stand in the way of the
 * next request on the same connection; and if the connection were closed while it still comes, the
 * sender would be cut off before it reads why it was refused.
 */
final class UnreadBody {

    /**
     * So much is read and dropped, four times the largest body that is read at once. After more the
     * connection is closed, and a sender that does not listen while it sends may miss the answer.
     */
    private static final long DROPPED_BYTES = 64L << 20;

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private UnreadBody() {}

    /** Completes when the response can be written; a body that was read is no matter. */
    static Mono<Void> settle(ServerWebExchange exchange) {
        HttpHeaders headers = exchange.getRequest().getHeaders();
        if (headers.getContentLength() <= 0
                && !headers.containsHeader(HttpHeaders.TRANSFER_ENCODING)) {
            return Mono.empty();
        }
        AtomicLong dropped = new AtomicLong();
        return exchange.getRequest()
                .getBody()
                .map(buffer -> dropped.addAndGet(drop(buffer)))
                .takeUntil(bytes -> bytes > DROPPED_BYTES)
                .then(Mono.fromCallable(() -> dropped.get() <= DROPPED_BYTES))
                .timeout(PATIENCE)
                // Whoever has taken the body before may have left some of it.
                .onErrorReturn(false)
                .doOnNext(
                        whole -> {
                            if (!whole) {
                                exchange.getResponse().getHeaders().setConnection("close");
                            }
                        })
                .then();
    }

    private static int drop(DataBuffer buffer) {
        int bytes = buffer.readableByteCount();
        DataBufferUtils.release(buffer);
        return bytes;
    }
}
