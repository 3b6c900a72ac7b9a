package dev.cadastre.standalone;

import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Says in every answer that the estate is fictional. */
final class DemoNotice implements WebFilter, Ordered {

    static final String HEADER = "Cadastre-Demo";

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        exchange.getResponse().getHeaders().set(HEADER, "fictional data");
        return chain.filter(exchange);
    }
}
