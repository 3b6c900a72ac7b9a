package dev.cadastre.http.description;

import dev.cadastre.http.json.HttpJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Consumer;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Bytes that stay the same while the server runs; whoever has them already is told so. */
record Document(MediaType type, byte[] bytes, String etag) {

    static Document of(MediaType type, byte[] bytes) {
        return new Document(type, bytes, "\"" + digest(bytes) + "\"");
    }

    static Document json(JsonNode json) {
        return of(MediaType.APPLICATION_JSON, HttpJson.mapper().writeValueAsBytes(json));
    }

    static Document file(MediaType type, Resource resource) {
        try (InputStream in = resource.getInputStream()) {
            return of(type, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kept by whoever likes, and asked after before each use: an update of the server shows. */
    Mono<ServerResponse> answer(ServerRequest request) {
        return answer(request, _ -> {});
    }

    /**
     * @param more sets further headers
     */
    Mono<ServerResponse> answer(ServerRequest request, Consumer<HttpHeaders> more) {
        // Whoever has it already is told as well (RFC 9110 section 15.4.5).
        request.exchange().getResponse().getHeaders().setCacheControl("public, no-cache");
        return request.checkNotModified(etag)
                .switchIfEmpty(
                        Mono.defer(
                                () ->
                                        ServerResponse.ok()
                                                .contentType(type)
                                                .contentLength(bytes.length)
                                                .eTag(etag)
                                                .headers(more)
                                                .bodyValue(bytes)));
    }

    private static String digest(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(Arrays.copyOf(digest, 16));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
