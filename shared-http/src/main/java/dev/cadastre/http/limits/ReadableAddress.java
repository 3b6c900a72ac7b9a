package dev.cadastre.http.limits;

import dev.cadastre.http.problem.ProblemException;
import dev.cadastre.http.problem.ProblemType;
import java.net.URI;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Refuses an address whose percent-encoded bytes are not UTF-8. Routes would read a replacement
 * character, so that different addresses meant the same thing.
 */
public final class ReadableAddress implements WebFilter, Ordered {

    @Override
    public int getOrder() {
        return -260;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        URI uri = exchange.getRequest().getURI();
        String fault = PercentEncoding.faultOf(uri.getRawPath());
        if (fault == null && uri.getRawQuery() != null) {
            fault = PercentEncoding.faultOf(uri.getRawQuery());
        }
        return fault == null
                ? chain.filter(exchange)
                : Mono.error(new ProblemException(ProblemType.MALFORMED, fault));
    }
}
