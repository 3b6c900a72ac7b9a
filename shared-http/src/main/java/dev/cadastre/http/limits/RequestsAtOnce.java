package dev.cadastre.http.limits;

import dev.cadastre.http.problem.ProblemException;
import dev.cadastre.http.problem.ProblemType;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Bounds the requests under way, so that a flood is told to come back instead of filling the heap.
 */
public final class RequestsAtOnce implements WebFilter, Ordered {

    private final int most;
    private final AtomicInteger underWay = new AtomicInteger();

    public RequestsAtOnce(int most) {
        this.most = most;
    }

    @Override
    public int getOrder() {
        return -200;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return Mono.defer(
                () -> {
                    if (underWay.incrementAndGet() > most) {
                        underWay.decrementAndGet();
                        return Mono.error(
                                new ProblemException(
                                                ProblemType.TOO_MANY_REQUESTS,
                                                "The server has "
                                                        + most
                                                        + " requests under way. Try again shortly.")
                                        .retryAfter(Duration.ofSeconds(1)));
                    }
                    return chain.filter(exchange).doFinally(end -> underWay.decrementAndGet());
                });
    }
}
