package dev.cadastre.query.shared.http;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.server.ServerRequest;

/** What a caller says of the answers they have (RFC 9110 sections 13.1.1 and 13.1.2). */
final class EntityTags {

    private static final String ANY = "*";
    private static final String WEAK = "W/";

    private EntityTags() {}

    /** Whether the caller has the answer with this tag; tags are compared weakly. */
    static boolean match(ServerRequest request, String etag) {
        return tags(request, HttpHeaders.IF_NONE_MATCH)
                .anyMatch(tag -> opaque(tag).equals(opaque(etag)));
    }

    /** Whether the caller has any answer, and wants none if there is one. */
    static boolean matchAny(ServerRequest request) {
        return tags(request, HttpHeaders.IF_NONE_MATCH).anyMatch(ANY::equals);
    }

    /** Whether the caller wants one certain answer and no other. */
    static boolean areInsistedOn(ServerRequest request) {
        return !request.headers().header(HttpHeaders.IF_MATCH).isEmpty();
    }

    /**
     * Whether an answer is one that the caller insists on; tags are compared strongly.
     *
     * @param etag its tag; null if it has none
     */
    static boolean admit(ServerRequest request, @Nullable String etag) {
        List<String> wanted = tags(request, HttpHeaders.IF_MATCH).toList();
        return wanted.contains(ANY)
                || (etag != null && !etag.startsWith(WEAK) && wanted.contains(etag));
    }

    private static Stream<String> tags(ServerRequest request, String header) {
        return request.headers().header(header).stream()
                .flatMap(text -> Stream.of(text.split(",")))
                .map(String::strip);
    }

    private static String opaque(String tag) {
        return tag.startsWith(WEAK) ? tag.substring(WEAK.length()) : tag;
    }
}
