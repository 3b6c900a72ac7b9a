package dev.cadastre.http.limits;

import org.springframework.core.Ordered;
import org.springframework.http.HttpMethod;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Routes HEAD as GET (RFC 9110 section 9.3.2); the server leaves the body out. */
public final class HeadAsGet implements WebFilter, Ordered {

    private static final String HEAD = HeadAsGet.class.getName();

    /** Whether the answer's body will be left out, so that it need not be made. */
    public static boolean isHead(ServerWebExchange exchange) {
        return exchange.getAttribute(HEAD) != null;
    }

    @Override
    public int getOrder() {
        return 0;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (!HttpMethod.HEAD.equals(exchange.getRequest().getMethod())) {
            return chain.filter(exchange);
        }
        exchange.getAttributes().put(HEAD, true);
        return chain.filter(
                exchange.mutate().request(request -> request.method(HttpMethod.GET)).build());
    }
}
