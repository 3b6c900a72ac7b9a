package dev.cadastre.command.http;

import dev.cadastre.http.problem.JsonProblems;
import dev.cadastre.http.problem.ProblemException;
import dev.cadastre.http.problem.ProblemType;
import java.time.ZoneId;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** The body of a command: bounded, and one JSON object or nothing. */
final class CommandBody {

    private static final byte[] NOTHING = {};
    private static final MediaType MERGE_PATCH =
            MediaType.parseMediaType("application/merge-patch+json");

    private static final JsonMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(20)
                                                    .maxNumberLength(100)
                                                    .maxNameLength(4_096)
                                                    .build())
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private CommandBody() {}

    /** Reads the bytes; more than the limit ends with a problem. */
    static Mono<byte[]> read(ServerRequest request, int limit) {
        HttpHeaders headers = request.exchange().getRequest().getHeaders();
        String encoding = headers.getFirst(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            return Mono.error(
                    new ProblemException(
                            ProblemType.UNSUPPORTED_MEDIA_TYPE,
                            "Commands are sent without Content-Encoding."));
        }
        MediaType type = headers.getContentType();
        if (type != null
                && !MediaType.APPLICATION_JSON.equalsTypeAndSubtype(type)
                && !MERGE_PATCH.equalsTypeAndSubtype(type)) {
            return Mono.error(
                    new ProblemException(
                            ProblemType.UNSUPPORTED_MEDIA_TYPE,
                            "Commands are sent as application/json (a patch may also be"
                                    + " application/merge-patch+json)."));
        }
        if (headers.getContentLength() > limit) {
            return Mono.error(tooLarge(limit));
        }
        return DataBufferUtils.join(request.exchange().getRequest().getBody(), limit)
                .map(CommandBody::bytes)
                .defaultIfEmpty(NOTHING)
                .onErrorMap(
                        org.springframework.core.io.buffer.DataBufferLimitException.class,
                        _ -> tooLarge(limit));
    }

    /** Parses the bytes; where the address says it all, nothing is an empty object. */
    static JsonObject parse(HttpMethod method, byte[] bytes, ZoneId zone) {
        if (bytes.length == 0) {
            if (method.equals(HttpMethod.POST) || method.equals(HttpMethod.PATCH)) {
                throw new ProblemException(
                        ProblemType.INVALID, "The body is missing. Send a JSON object.");
            }
            return new JsonObject(JsonNodeFactory.instance.objectNode(), "", zone);
        }
        try {
            JsonNode node = MAPPER.readTree(bytes);
            return new JsonObject(node, "", zone);
        } catch (JacksonException e) {
            throw JsonProblems.of(e);
        }
    }

    private static ProblemException tooLarge(int limit) {
        return new ProblemException(
                ProblemType.TOO_LARGE,
                "The body is larger than "
                        + limit
                        + " bytes. Send less at once, or use an import.");
    }

    private static byte[] bytes(DataBuffer buffer) {
        byte[] bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        return bytes;
    }
}
