package dev.cadastre.query.shared.http;

import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.server.ServerRequest;

/** Compares entity tags (RFC 9110 section 13.1.2), which is done weakly. */
final class EntityTags {

    private EntityTags() {}

    /** Whether the caller has the answer with this tag. */
    static boolean match(ServerRequest request, String etag) {
        return tags(request).anyMatch(tag -> opaque(tag).equals(opaque(etag)));
    }

    /** Whether the caller has any answer, and wants none if there is one. */
    static boolean matchAny(ServerRequest request) {
        return tags(request).anyMatch("*"::equals);
    }

    private static Stream<String> tags(ServerRequest request) {
        return request.headers().header(HttpHeaders.IF_NONE_MATCH).stream()
                .flatMap(header -> Stream.of(header.split(",")))
                .map(String::strip);
    }

    private static String opaque(String tag) {
        return tag.startsWith("W/") ? tag.substring(2) : tag;
    }
}
