package dev.cadastre.command.imports.http;

import static org.springframework.web.reactive.function.server.RequestPredicates.GET;
import static org.springframework.web.reactive.function.server.RequestPredicates.POST;

import dev.cadastre.command.imports.model.ImportRun;
import dev.cadastre.command.imports.model.ImportRuns;
import dev.cadastre.http.access.Caller;
import dev.cadastre.http.access.Role;
import dev.cadastre.http.config.BlockingWork;
import dev.cadastre.http.problem.ProblemException;
import dev.cadastre.http.problem.ProblemType;
import dev.cadastre.http.problem.UnknownParameters;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * {@code /api/v1/imports}. A file is answered when it has been read to its end; until then its run
 * can be looked at under the id that the caller gave it, or through the list of running ones.
 */
public final class ImportRoutes {

    static final String PATH = "/api/v1/imports";

    private static final Duration PROGRESS_INTERVAL = Duration.ofMillis(250);

    private final ImportRuns runs;
    private final ImportUpload upload;
    private final BlockingWork work;

    public ImportRoutes(ImportRuns runs, BlockingWork work) {
        this.runs = runs;
        this.upload = new ImportUpload(runs);
        this.work = work;
    }

    /** The routes. */
    public RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route(POST(PATH), upload::handle)
                .andRoute(GET(PATH), plain(this::running))
                .andRoute(GET(PATH + "/{id}"), plain(this::one))
                .andRoute(GET(PATH + "/{id}/rejects"), plain(this::rejects))
                .andRoute(GET(PATH + "/{id}/progress"), plain(this::progress));
    }

    /** Asked for without parameters. */
    private static HandlerFunction<ServerResponse> plain(HandlerFunction<ServerResponse> handler) {
        return request -> {
            UnknownParameters.refuse(request.queryParams().keySet(), Set.of());
            return handler.handle(request);
        };
    }

    private Mono<ServerResponse> running(ServerRequest request) {
        return answer(
                request,
                () -> Map.of("items", runs.running().stream().map(ImportJson::run).toList()));
    }

    private Mono<ServerResponse> one(ServerRequest request) {
        return answer(request, () -> ImportJson.run(found(request)));
    }

    private Mono<ServerResponse> rejects(ServerRequest request) {
        boolean lines =
                request.headers().accept().stream()
                        .anyMatch(MediaType.APPLICATION_NDJSON::equalsTypeAndSubtype);
        if (!lines) {
            return answer(request, () -> page(found(request)));
        }
        Caller.of(request).require(Role.IMPORTER);
        return work.call(() -> found(request))
                .flatMap(
                        run ->
                                ServerResponse.ok()
                                        .contentType(MediaType.APPLICATION_NDJSON)
                                        .body(
                                                Flux.fromIterable(run.rejects())
                                                        .map(ImportJson::reject),
                                                Map.class));
    }

    private static Map<String, Object> page(ImportRun run) {
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("items", run.rejects().stream().map(ImportJson::reject).toList());
        page.put("total", run.rejected());
        return page;
    }

    private Mono<ServerResponse> progress(ServerRequest request) {
        Caller.of(request).require(Role.IMPORTER);
        return work.call(() -> found(request))
                .flatMap(
                        now ->
                                ServerResponse.ok()
                                        .header("Cache-Control", "no-store")
                                        .body(BodyInserters.fromServerSentEvents(steps(now))));
    }

    /** What the run has done, whenever that has changed, until it has ended. */
    private Flux<ServerSentEvent<Map<String, Object>>> steps(ImportRun now) {
        if (now.ended()) {
            return Flux.just(event(now));
        }
        return Flux.interval(Duration.ZERO, PROGRESS_INTERVAL)
                .onBackpressureDrop()
                .concatMap(
                        _ ->
                                work.call(
                                        () ->
                                                runs.find(now.id())
                                                        .orElseThrow(() -> unknown(now.id()))),
                        1)
                .distinctUntilChanged()
                .takeUntil(ImportRun::ended)
                .map(ImportRoutes::event);
    }

    private static ServerSentEvent<Map<String, Object>> event(ImportRun run) {
        return ServerSentEvent.builder(ImportJson.run(run))
                .event(run.ended() ? "ended" : "progress")
                .build();
    }

    private Mono<ServerResponse> answer(
            ServerRequest request, Callable<Map<String, Object>> content) {
        Caller.of(request).require(Role.IMPORTER);
        return work.call(content)
                .flatMap(
                        json ->
                                ServerResponse.ok()
                                        .contentType(MediaType.APPLICATION_JSON)
                                        .header("Cache-Control", "no-store")
                                        .bodyValue(json));
    }

    private ImportRun found(ServerRequest request) {
        String id = request.pathVariable("id");
        Optional<ImportRun> run = ImportUpload.isId(id) ? runs.find(id) : Optional.empty();
        return run.orElseThrow(() -> unknown(id));
    }

    private static ProblemException unknown(String id) {
        return new ProblemException(
                ProblemType.NOT_FOUND,
                "There is no import "
                        + (id.length() > 60 ? id.substring(0, 60) + "…" : id)
                        + ". Its address is in the Location of the answer to its POST.");
    }
}
