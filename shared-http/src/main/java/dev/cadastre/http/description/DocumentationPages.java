package dev.cadastre.http.description;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import dev.cadastre.http.problem.ProblemException;
import dev.cadastre.http.problem.ProblemType;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * {@code /docs} shows the requests with Swagger UI, {@code /docs/streams} what streams send. All
 * that the pages load comes from here; the browser is told to take nothing else.
 */
final class DocumentationPages {

    private static final String OWN = "META-INF/cadastre/docs/";
    private static final String SWAGGER_UI = "classpath*:META-INF/resources/webjars/swagger-ui/*/";

    /** Styles within elements are Swagger UI's; no script is ever taken from within a page. */
    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
                    + " img-src 'self' data:; connect-src 'self'; base-uri 'none';"
                    + " form-action 'none'; frame-ancestors 'none'";

    /** Relative, for a proxy may have put the pages elsewhere. */
    private static final URI WITHOUT_SLASH = URI.create("../docs");

    private static final MediaType HTML = text("html");
    private static final MediaType SCRIPT = text("javascript");
    private static final MediaType STYLE = text("css");

    private DocumentationPages() {}

    /**
     * The routes; for everybody, since they tell nothing of an estate.
     *
     * @param blocking runs what reads files
     */
    static RouterFunction<ServerResponse> routes(Scheduler blocking) {
        Mono<Map<String, Document>> pages =
                Mono.fromCallable(DocumentationPages::read).subscribeOn(blocking).cache();
        return route().GET("/docs", request -> answer(pages, "requests", request))
                .GET("/docs/", _ -> ServerResponse.permanentRedirect(WITHOUT_SLASH).build())
                .GET(
                        "/docs/{asset}",
                        request -> answer(pages, request.pathVariable("asset"), request))
                .build();
    }

    private static Mono<ServerResponse> answer(
            Mono<Map<String, Document>> pages, String name, ServerRequest request) {
        return pages.flatMap(
                all -> {
                    Document page = all.get(name);
                    if (page == null) {
                        throw new ProblemException(
                                ProblemType.NOT_FOUND, "The pages are /docs and /docs/streams.");
                    }
                    return page.answer(
                            request,
                            headers -> {
                                headers.set("Content-Security-Policy", CONTENT_SECURITY_POLICY);
                                headers.set("Referrer-Policy", "no-referrer");
                            });
                });
    }

    private static Map<String, Document> read() throws IOException {
        Map<String, Document> pages = new LinkedHashMap<>();
        for (String page : List.of("requests", "streams")) {
            pages.put(page, Document.file(HTML, new ClassPathResource(OWN + page + ".html")));
        }
        for (String script : List.of("requests.js", "streams.js", "demo.js")) {
            pages.put(script, Document.file(SCRIPT, new ClassPathResource(OWN + script)));
        }
        pages.put("pages.css", Document.file(STYLE, new ClassPathResource(OWN + "pages.css")));
        pages.put("swagger-ui.css", Document.file(STYLE, swaggerUi("swagger-ui.css")));
        pages.put("swagger-ui-bundle.js", Document.file(SCRIPT, swaggerUi("swagger-ui-bundle.js")));
        pages.put(
                "favicon.png", Document.file(MediaType.IMAGE_PNG, swaggerUi("favicon-32x32.png")));
        return pages;
    }

    /** Its version is part of the path. */
    private static Resource swaggerUi(String file) throws IOException {
        Resource[] found =
                new PathMatchingResourcePatternResolver().getResources(SWAGGER_UI + file);
        if (found.length != 1) {
            throw new IllegalStateException(found.length + " copies of Swagger UI's " + file);
        }
        return found[0];
    }

    private static MediaType text(String subtype) {
        return new MediaType("text", subtype, StandardCharsets.UTF_8);
    }
}
