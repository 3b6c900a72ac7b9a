package dev.cadastre.query.shared.http;

import dev.cadastre.http.access.Caller;
import dev.cadastre.http.config.BlockingWork;
import dev.cadastre.http.limits.HeadAsGet;
import dev.cadastre.http.limits.PacedWriting;
import dev.cadastre.http.problem.ProblemException;
import dev.cadastre.http.problem.ProblemType;
import dev.cadastre.query.shared.list.Parameters;
import dev.cadastre.query.shared.time.CoordinateRequest;
import dev.cadastre.query.shared.time.CoordinateResolver;
import dev.cadastre.query.shared.time.Coordinates;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * The frame of every query over HTTP: checks who asks and which parameters there are, resolves the
 * coordinates, has the answer made on a thread that may block, unless the caller has it already,
 * and writes it with its coordinates and entity tag. Any authenticated caller may query.
 */
public final class QueryHttp {

    private static final Set<String> TIME =
            Set.of(CoordinateResolver.AS_OF, CoordinateResolver.KNOWN_AT);

    private final CoordinateResolver resolver;
    private final BlockingWork work;
    private final CoordinateHeaders headers;
    private final AnswerTags tags;

    public QueryHttp(CoordinateResolver resolver, BlockingWork work) {
        this.resolver = resolver;
        this.work = work;
        this.headers = new CoordinateHeaders(resolver.view());
        this.tags = new AnswerTags(resolver.view());
    }

    public CoordinateResolver resolver() {
        return resolver;
    }

    /** The entity tag of an answer that is a matter of the request and some coordinates alone. */
    public String tag(Query query, List<Coordinates> coordinates) {
        return tags.exact(query.request(), coordinates);
    }

    /** The same of an answer that reaches from some coordinates up to now, whenever that is. */
    public String tagUpToNow(Query query, Coordinates from, Coordinates now) {
        return tags.upToNow(query.request(), List.of(from), now);
    }

    /**
     * Answers a query about one instant: with what is recorded up to a position and is true then.
     *
     * @param known parameters of the resource besides {@code asOf} and {@code knownAt}
     * @param question makes the answer; may block, may throw a problem
     */
    public Mono<ServerResponse> answer(
            ServerRequest request, Collection<String> known, Function<Query, Answer> question) {
        return answer(request, known, _ -> Basis.STATE, question);
    }

    /**
     * Answers a query about one instant.
     *
     * @param known parameters of the resource besides {@code asOf} and {@code knownAt}
     * @param basis what the answer depends on
     * @param question makes the answer; may block, may throw a problem
     */
    public Mono<ServerResponse> answer(
            ServerRequest request,
            Collection<String> known,
            Function<Parameters, Basis> basis,
            Function<Query, Answer> question) {
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
                query -> {
                    Basis ofThis = basis.apply(query.parameters());
                    boolean negotiable = ofThis == Basis.STATE || ofThis == Basis.ITSELF;
                    return answered(query, ofThis, negotiable, question);
                });
    }

    /**
     * Answers a query that names its instants otherwise; {@link Query#coordinates} then are those
     * of now. {@code Min-Log-Position} is obeyed, {@code Accept-Datetime} is not looked at. The
     * answer has an entity tag if it brings one.
     *
     * @param known all parameters of the resource
     */
    public Mono<ServerResponse> answerOverTime(
            ServerRequest request, Collection<String> known, Function<Query, Answer> question) {
        return answerOverTime(request, known, Basis.ITSELF, question);
    }

    /**
     * Answers a query that names its instants otherwise, as above.
     *
     * @param basis what the answer depends on
     */
    public Mono<ServerResponse> answerOverTime(
            ServerRequest request,
            Collection<String> known,
            Basis basis,
            Function<Query, Answer> question) {
        return answerWith(
                request,
                known,
                _ ->
                        new CoordinateRequest(
                                null,
                                null,
                                null,
                                header(request, CoordinateResolver.MIN_LOG_POSITION)),
                query -> answered(query, basis, false, question));
    }

    private record Answered(Answer answer, boolean negotiable) {}

    private Mono<ServerResponse> answerWith(
            ServerRequest request,
            Collection<String> known,
            Function<Parameters, CoordinateRequest> time,
            Function<Query, Answered> question) {
        return work.call(
                        () -> {
                            Caller.of(request);
                            Parameters parameters = Parameters.of(request.queryParams(), known);
                            CoordinateRequest wanted = time.apply(parameters);
                            return question.apply(
                                    new Query(
                                            request, parameters, wanted, resolver.resolve(wanted)));
                        })
                .flatMap(answered -> write(request, answered));
    }

    private Answered answered(
            Query query, Basis basis, boolean negotiable, Function<Query, Answer> question) {
        ServerRequest request = query.request();
        String early = tags.of(query, basis);
        // Whether the answer exists comes before whether it is the one insisted on.
        if (early != null && query.isKnown(early) && !EntityTags.areInsistedOn(request)) {
            Coordinates cursor = AnswerTags.cursor(query);
            Coordinates at = cursor == null ? query.coordinates() : cursor;
            return new Answered(new Answer.Known(at, early, null), negotiable);
        }
        Answer answer = question.apply(query);
        if (answer.etag() == null && early != null) {
            answer = answer.tagged(early);
        }
        String etag = answer.etag();
        if (EntityTags.areInsistedOn(request) && !EntityTags.admit(request, etag)) {
            throw another(etag);
        }
        boolean known = etag != null && query.isKnown(etag);
        return new Answered(
                known || EntityTags.matchAny(request)
                        ? new Answer.Known(answer.coordinates(), etag, answer.past())
                        : answer,
                negotiable);
    }

    private static ProblemException another(@Nullable String etag) {
        String detail =
                etag == null
                        ? "The answer has no entity tag, so that If-Match can only be *."
                        : etag.startsWith("W/")
                                ? "An answer about now has a weak entity tag, which If-Match never"
                                        + " meets. Send asOf and knownAt=position:N."
                                : "The answer is not the one that If-Match names.";
        return new ProblemException(ProblemType.STALE, detail)
                .of(HttpHeaders.IF_MATCH)
                .with("etag", etag);
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

    private Mono<ServerResponse> write(ServerRequest request, Answered answered) {
        Answer answer = answered.answer();
        boolean known = answer instanceof Answer.Known;
        ServerResponse.BodyBuilder response =
                ServerResponse.status(known ? HttpStatus.NOT_MODIFIED : HttpStatus.OK)
                        .headers(
                                fields -> {
                                    headers.add(fields, request, answer, answered.negotiable());
                                    answer.links()
                                            .forEach(link -> fields.add(HttpHeaders.LINK, link));
                                    if (answer.etag() != null) {
                                        fields.set(HttpHeaders.ETAG, answer.etag());
                                    }
                                });
        return switch (answer) {
            case Answer.Known _ -> response.build();
            case Answer.Secret secret ->
                    response.cacheControl(CacheControl.noStore())
                            .contentType(MediaType.APPLICATION_JSON)
                            .contentLength(secret.json().length)
                            .bodyValue(secret.json());
            case Answer.Whole whole ->
                    response.contentType(whole.type())
                            .contentLength(whole.bytes().length)
                            .bodyValue(whole.bytes());
            case Answer.Streamed streamed -> {
                response.contentType(streamed.type()).headers(fields -> name(fields, streamed));
                yield HeadAsGet.isHead(request.exchange())
                        ? response.build()
                        : writeStreamed(response, streamed);
            }
        };
    }

    /** What goes wrong before the first chunk is there still becomes a problem. */
    private Mono<ServerResponse> writeStreamed(
            ServerResponse.BodyBuilder response, Answer.Streamed streamed) {
        Portions portions = new Portions(streamed.chunks(), work);
        return portions.first()
                .flatMap(_ -> response.body((sent, _) -> PacedWriting.write(sent, portions.all())));
    }

    private static void name(HttpHeaders fields, Answer.Streamed streamed) {
        if (streamed.fileName() != null) {
            fields.setContentDisposition(
                    ContentDisposition.attachment().filename(streamed.fileName()).build());
        }
    }
}
