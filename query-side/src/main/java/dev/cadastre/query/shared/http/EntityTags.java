package dev.cadastre.query.shared.http;

import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.server.ServerRequest;

/** Compares entity tags (RFC 9110 section 13.1.2): weakly, and {@code *} matches any. */
final class EntityTags {

    private EntityTags() {}

    static boolean match(ServerRequest request, String etag) {
        for (String header : request.headers().header(HttpHeaders.IF_NONE_MATCH)) {
            for (String tag : header.split(",")) {
                String one = tag.strip();
                if (one.equals("*") || opaque(one).equals(opaque(etag))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static String opaque(String tag) {
        return tag.startsWith("W/") ? tag.substring(2) : tag;
    }
}
