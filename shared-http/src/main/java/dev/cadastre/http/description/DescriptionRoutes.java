package dev.cadastre.http.description;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import dev.cadastre.http.json.HttpJson;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /openapi.json} and {@code /asyncapi.json}, put together at the first request, the pages
 * that show them, and {@code /}, which leads there.
 */
public final class DescriptionRoutes {

    /** RFC 8631. */
    private static final String LINKS =
            "</openapi.json>; rel=\"service-desc\"; type=\"application/json\","
                    + " </asyncapi.json>; rel=\"service-desc\"; type=\"application/json\","
                    + " </docs>; rel=\"service-doc\"; type=\"text/html\","
                    + " </actuator/health>; rel=\"status\"; type=\"application/json\"";

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
        Document root = Document.json(root());
        return route().GET(
                        "/",
                        request ->
                                root.answer(
                                        request, headers -> headers.set(HttpHeaders.LINK, LINKS)))
                .GET("/openapi.json", request -> openApi.flatMap(it -> it.answer(request)))
                .GET("/asyncapi.json", request -> asyncApi.flatMap(it -> it.answer(request)))
                .build()
                .and(DocumentationPages.routes(blocking));
    }

    private static ObjectNode root() {
        return HttpJson.mapper()
                .createObjectNode()
                .put("requests", "/openapi.json")
                .put("streams", "/asyncapi.json")
                .put("documentation", "/docs")
                .put("health", "/actuator/health");
    }
}
