package dev.cadastre.http.problem;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.http.HttpMethod;
import org.springframework.http.codec.HttpMessageReader;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.ServerWebExchangeDecorator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Which methods the routes know for a path, and HEAD wherever they know GET: tells a 405 from a
 * 404.
 */
public final class AllowedMethods {

    private static final List<HttpMethod> ASKED =
            List.of(
                    HttpMethod.GET,
                    HttpMethod.POST,
                    HttpMethod.PUT,
                    HttpMethod.PATCH,
                    HttpMethod.DELETE);

    private final Supplier<List<RouterFunction<?>>> routes;

    /**
     * @param routes asked only when a request matched no route
     */
    public AllowedMethods(Supplier<List<RouterFunction<?>>> routes) {
        this.routes = routes;
    }

    Mono<List<HttpMethod>> of(ServerWebExchange exchange) {
        List<RouterFunction<?>> functions = routes.get();
        return Flux.fromIterable(ASKED)
                .filter(method -> !method.equals(exchange.getRequest().getMethod()))
                .filterWhen(method -> matches(functions, exchange, method))
                .flatMapIterable(
                        method ->
                                method.equals(HttpMethod.GET)
                                        ? List.of(HttpMethod.GET, HttpMethod.HEAD)
                                        : List.of(method))
                .collectList();
    }

    private static Mono<Boolean> matches(
            List<RouterFunction<?>> functions, ServerWebExchange exchange, HttpMethod method) {
        ServerWebExchange asked =
                new Untouched(exchange.mutate().request(request -> request.method(method)).build());
        ServerRequest request = ServerRequest.create(asked, List.<HttpMessageReader<?>>of());
        return Flux.fromIterable(functions)
                .concatMap(function -> function.route(request))
                .hasElements();
    }

    /** A route that matches leaves its pattern in the exchange, and the next one builds on it. */
    private static final class Untouched extends ServerWebExchangeDecorator {

        private final Map<String, Object> attributes = new HashMap<>();

        private Untouched(ServerWebExchange exchange) {
            super(exchange);
        }

        @Override
        public Map<String, Object> getAttributes() {
            return attributes;
        }
    }
}
