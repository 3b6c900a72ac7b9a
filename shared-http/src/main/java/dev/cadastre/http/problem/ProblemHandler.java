package dev.cadastre.http.problem;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.codec.DecodingException;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.util.InvalidMimeTypeException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import org.springframework.web.util.DisconnectedClientHelper;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The one place where failures become responses: {@code application/problem+json}. What is not the
 * caller's fault is logged under an incident id that the response names; no stack trace and no
 * class name leaves the server.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class ProblemHandler implements WebExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemHandler.class);
    private static final MediaType PROBLEM = MediaType.parseMediaType(Problem.MEDIA_TYPE);

    private final JsonMapper json;
    private final List<ProblemTranslation> translations;
    private final AllowedMethods allowed;

    public ProblemHandler(
            JsonMapper json, List<ProblemTranslation> translations, AllowedMethods allowed) {
        this.json = json;
        this.translations = List.copyOf(translations);
        this.allowed = allowed;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
        ProblemException problem = problemOf(failure);
        // A lost connection to a database looks like one to the client, who is still there.
        if (exchange.getResponse().isCommitted()
                || problem.type() != ProblemType.UNAVAILABLE
                        && DisconnectedClientHelper.isClientDisconnectedException(failure)) {
            return Mono.error(failure);
        }
        if (problem.type() == ProblemType.NOT_FOUND && failure instanceof ResponseStatusException) {
            return allowed.of(exchange)
                    .flatMap(
                            methods ->
                                    methods.isEmpty()
                                            ? write(exchange, problem)
                                            : write(exchange, notAllowed(exchange, methods)));
        }
        return write(exchange, problem);
    }

    private static ProblemException notAllowed(
            ServerWebExchange exchange, List<HttpMethod> methods) {
        exchange.getResponse().getHeaders().setAllow(new LinkedHashSet<>(methods));
        return new ProblemException(
                ProblemType.METHOD_NOT_ALLOWED,
                exchange.getRequest().getMethod()
                        + " is not possible here. Possible: "
                        + String.join(", ", methods.stream().map(HttpMethod::name).toList())
                        + ".");
    }

    private Mono<Void> write(ServerWebExchange exchange, ProblemException problem) {
        ServerHttpResponse response = exchange.getResponse();
        ProblemType type = problem.type();
        String instance = exchange.getRequest().getURI().getRawPath();
        if (type == ProblemType.INTERNAL) {
            instance = "urn:uuid:" + UUID.randomUUID();
            LOG.error(
                    "{} {} failed; incident {}",
                    exchange.getRequest().getMethod(),
                    exchange.getRequest().getURI().getRawPath(),
                    instance,
                    problem.getCause() == null ? problem : problem.getCause());
        }
        if (type == ProblemType.UNAVAILABLE && problem.getCause() != null) {
            // Without a trace: during an outage every command ends here, for the same reason.
            LOG.warn(
                    "{} {}: {} ({})",
                    exchange.getRequest().getMethod(),
                    instance,
                    problem.getMessage(),
                    problem.getCause().toString());
            LOG.debug("The cause of the answer above", problem.getCause());
        }
        byte[] body = json.writeValueAsBytes(Problem.members(problem, instance));
        response.setStatusCode(HttpStatusCode.valueOf(type.status()));
        HttpHeaders headers = response.getHeaders();
        headers.setContentType(PROBLEM);
        headers.setContentLength(body.length);
        headers.setCacheControl("no-store");
        if (problem.retryAfter() != null) {
            long seconds = Math.max(1, problem.retryAfter().plusMillis(999).toSeconds());
            headers.set(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
        }
        if (type == ProblemType.UNAUTHENTICATED) {
            boolean sent =
                    exchange.getRequest().getHeaders().containsHeader(HttpHeaders.AUTHORIZATION);
            headers.set(
                    HttpHeaders.WWW_AUTHENTICATE,
                    "Bearer realm=\"cadastre\"" + (sent ? ", error=\"invalid_token\"" : ""));
        }
        return UnreadBody.settle(exchange)
                .then(
                        Mono.defer(
                                () ->
                                        response.writeWith(
                                                Mono.just(response.bufferFactory().wrap(body)))));
    }

    /** The problem that a failure is; what nobody knows is {@link ProblemType#INTERNAL}. */
    ProblemException problemOf(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            ProblemException known = known(cause);
            if (known != null) {
                return known;
            }
        }
        if (failure instanceof ResponseStatusException status) {
            return byStatus(status);
        }
        return new ProblemException(
                ProblemType.INTERNAL,
                "The server failed. Nothing is half-written. Ask the operator to look for the"
                        + " incident in the log.",
                failure);
    }

    private ProblemException known(Throwable cause) {
        if (cause instanceof ProblemException problem) {
            return problem;
        }
        for (ProblemTranslation translation : translations) {
            ProblemException translated = translation.translate(cause);
            if (translated != null) {
                return translated;
            }
        }
        return switch (cause) {
            case DataBufferLimitException tooLarge ->
                    new ProblemException(
                            ProblemType.TOO_LARGE,
                            "The body is larger than this server takes at once. Send less, or use"
                                    + " an import.",
                            tooLarge);
            // Only while a request is decoded is bad JSON the caller's fault.
            case DecodingException decoding
                    when decoding.getCause() instanceof JacksonException why ->
                    JsonProblems.of(why);
            case DecodingException decoding ->
                    new ProblemException(
                            ProblemType.MALFORMED, "The body cannot be decoded.", decoding);
            case InvalidMediaTypeException malformed -> noMediaType(malformed);
            case InvalidMimeTypeException malformed -> noMediaType(malformed);
            default -> null;
        };
    }

    private static ProblemException noMediaType(Exception malformed) {
        return new ProblemException(
                ProblemType.MALFORMED,
                "Accept or Content-Type does not name a media type such as application/json.",
                malformed);
    }

    private static ProblemException byStatus(ResponseStatusException failure) {
        return switch (failure.getStatusCode().value()) {
            case 404 ->
                    new ProblemException(
                            ProblemType.NOT_FOUND, "There is nothing at this address.", failure);
            case 405 ->
                    new ProblemException(
                            ProblemType.METHOD_NOT_ALLOWED,
                            "This method is not possible here.",
                            failure);
            case 406 ->
                    new ProblemException(
                            ProblemType.NOT_ACCEPTABLE,
                            "There is no representation that the Accept header allows.",
                            failure);
            case 413 ->
                    new ProblemException(
                            ProblemType.TOO_LARGE,
                            "The body is larger than this server takes.",
                            failure);
            case 415 ->
                    new ProblemException(
                            ProblemType.UNSUPPORTED_MEDIA_TYPE,
                            "This Content-Type is not understood here.",
                            failure);
            case 503 ->
                    new ProblemException(
                            ProblemType.UNAVAILABLE, "The server cannot do this now.", failure);
            default ->
                    failure.getStatusCode().is4xxClientError()
                            ? new ProblemException(
                                    ProblemType.MALFORMED, "The request cannot be read.", failure)
                            : new ProblemException(
                                    ProblemType.INTERNAL,
                                    "The server failed. Ask the operator to look for the incident"
                                            + " in the log.",
                                    failure);
        };
    }
}
