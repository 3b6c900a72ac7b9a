package dev.cadastre.http.description;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * {@code /openapi.json} and {@code /asyncapi.json}, put together at the first request, and the
 * pages that show them.
 */
public final class DescriptionRoutes {

    private DescriptionRoutes() {}

    /**
     * The routes; for everybody, since they tell nothing of an estate.
     *
     * @param blocking runs what reads files
     */
    public static RouterFunction<ServerResponse> of(Scheduler blocking) {
        Mono<Document> openApi =
                Mono.fromCallable(
                                () ->
                                        Document.json(
                                                OpenApiDocument.of(
                                                        Fragments.of(Fragments.OPENAPI))))
                        .subscribeOn(blocking)
                        .cache();
        Mono<Document> asyncApi =
                Mono.fromCallable(() -> Document.json(Fragments.of(Fragments.ASYNCAPI)))
                        .subscribeOn(blocking)
                        .cache();
        return route().GET("/openapi.json", request -> openApi.flatMap(it -> it.answer(request)))
                .GET("/asyncapi.json", request -> asyncApi.flatMap(it -> it.answer(request)))
                .build()
                .and(DocumentationPages.routes(blocking));
    }
}
