package dev.cadastre.http.limits;

import java.net.URI;
import org.springframework.core.Ordered;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Takes a semicolon in a path as part of the id. Routes would cut it off with what follows, and so
 * answer with another thing than the one that was asked for.
 */
public final class LiteralSemicolons implements WebFilter, Ordered {

    @Override
    public int getOrder() {
        return -250;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        URI uri = exchange.getRequest().getURI();
        String path = uri.getRawPath();
        if (path.indexOf(';') < 0) {
            return chain.filter(exchange);
        }
        String query = uri.getRawQuery();
        URI encoded =
                URI.create(
                        uri.getScheme()
                                + "://"
                                + uri.getRawAuthority()
                                + path.replace(";", "%3B")
                                + (query == null ? "" : "?" + query));
        ServerHttpRequest request = exchange.getRequest().mutate().uri(encoded).build();
        return chain.filter(exchange.mutate().request(request).build());
    }
}
