package dev.cadastre.query.shared.http;

import dev.cadastre.http.access.Caller;
import dev.cadastre.http.config.BlockingWork;
import dev.cadastre.query.shared.list.Parameters;
import dev.cadastre.query.shared.time.CoordinateRequest;
import dev.cadastre.query.shared.time.CoordinateResolver;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The frame of every query over HTTP: checks who asks and which parameters there are, resolves the
 * coordinates, has the answer made on a thread that may block, and writes it with its coordinates.
 * Any authenticated caller may query.
 */
public final class QueryHttp {

    private static final Set<String> TIME =
            Set.of(CoordinateResolver.AS_OF, CoordinateResolver.KNOWN_AT);

    private final CoordinateResolver resolver;
    private final BlockingWork work;
    private final CoordinateHeaders headers;

    public QueryHttp(CoordinateResolver resolver, BlockingWork work) {
        this.resolver = resolver;
        this.work = work;
        this.headers = new CoordinateHeaders(resolver.view());
    }

    public CoordinateResolver resolver() {
        return resolver;
    }

    /**
     * Answers a query about one instant.
     *
     * @param known parameters of the resource besides {@code asOf} and {@code knownAt}
     * @param question makes the answer; may block, may throw a problem
     */
    public Mono<ServerResponse> answer(
            ServerRequest request, Collection<String> known, Function<Query, Answer> question) {
        Set<String> all = new HashSet<>(known);
        all.addAll(TIME);
        return answerWith(
                request,
                all,
                parameters ->
                        wanted(
                                request,
                                parameters.one(CoordinateResolver.AS_OF),
                                parameters.one(CoordinateResolver.KNOWN_AT)),
                question);
    }

    /**
     * Answers a query that names its instants otherwise; {@link Query#coordinates} then are those
     * of now. {@code Min-Log-Position} is obeyed, {@code Accept-Datetime} is not looked at.
     *
     * @param known all parameters of the resource
     */
    public Mono<ServerResponse> answerOverTime(
            ServerRequest request, Collection<String> known, Function<Query, Answer> question) {
        return answerWith(
                request,
                known,
                _ ->
                        new CoordinateRequest(
                                null,
                                null,
                                null,
                                header(request, CoordinateResolver.MIN_LOG_POSITION)),
                question);
    }

    private Mono<ServerResponse> answerWith(
            ServerRequest request,
            Collection<String> known,
            Function<Parameters, CoordinateRequest> time,
            Function<Query, Answer> question) {
        return work.call(
                        () -> {
                            Caller.of(request);
                            Parameters parameters = Parameters.of(request.queryParams(), known);
                            CoordinateRequest wanted = time.apply(parameters);
                            return question.apply(
                                    new Query(
                                            request, parameters, wanted, resolver.resolve(wanted)));
                        })
                .flatMap(answer -> write(request, answer));
    }

    private static CoordinateRequest wanted(
            ServerRequest request, @Nullable String asOf, @Nullable String knownAt) {
        return new CoordinateRequest(
                asOf,
                knownAt,
                header(request, CoordinateResolver.ACCEPT_DATETIME),
                header(request, CoordinateResolver.MIN_LOG_POSITION));
    }

    private static @Nullable String header(ServerRequest request, String name) {
        return request.headers().firstHeader(name);
    }

    private Mono<ServerResponse> write(ServerRequest request, Answer answer) {
        return switch (answer) {
            case Answer.Whole whole -> writeWhole(request, whole);
            case Answer.Streamed streamed ->
                    ServerResponse.ok()
                            .contentType(streamed.type())
                            .headers(
                                    fields -> {
                                        headers.add(fields, request, streamed.coordinates());
                                        if (streamed.fileName() != null) {
                                            fields.setContentDisposition(
                                                    ContentDisposition.attachment()
                                                            .filename(streamed.fileName())
                                                            .build());
                                        }
                                    })
                            .body(chunks(streamed.chunks()), DataBuffer.class);
        };
    }

    private Mono<ServerResponse> writeWhole(ServerRequest request, Answer.Whole whole) {
        String etag = whole.etag();
        boolean known = etag != null && EntityTags.match(request, etag);
        ServerResponse.BodyBuilder response =
                ServerResponse.status(known ? HttpStatus.NOT_MODIFIED : HttpStatus.OK)
                        .headers(
                                fields -> {
                                    headers.add(fields, request, whole.coordinates());
                                    if (etag != null) {
                                        fields.set(HttpHeaders.ETAG, etag);
                                    }
                                    if (whole.secret()) {
                                        fields.setCacheControl(CacheControl.noStore());
                                    }
                                });
        return known
                ? response.build()
                : response.contentType(whole.type())
                        .contentLength(whole.bytes().length)
                        .bodyValue(whole.bytes());
    }

    private Flux<DataBuffer> chunks(Iterator<byte[]> chunks) {
        return Flux.<DataBuffer>generate(
                        sink -> {
                            if (chunks.hasNext()) {
                                sink.next(
                                        DefaultDataBufferFactory.sharedInstance.wrap(
                                                chunks.next()));
                            } else {
                                sink.complete();
                            }
                        })
                .subscribeOn(work.scheduler());
    }
}
