package dev.cadastre.standalone.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** A path of the API with its query parameters, percent-encoded. Immutable. */
public record ApiPath(String text) {

    private static final String ROOT = "/api/v1";

    /** A path below the root of the API, each segment as it reads before it is encoded. */
    public static ApiPath of(String... segments) {
        StringBuilder path = new StringBuilder(ROOT);
        for (String segment : segments) {
            path.append('/').append(encoded(segment));
        }
        return new ApiPath(path.toString());
    }

    /** With one more parameter; a null value adds none. */
    public ApiPath with(String name, @Nullable Object value) {
        if (value == null) {
            return this;
        }
        char before = text.indexOf('?') < 0 ? '?' : '&';
        return new ApiPath(text + before + name + '=' + encoded(value.toString()));
    }

    /** With one parameter for each of the values. */
    public ApiPath withAll(Collection<FacetValue> facets) {
        ApiPath path = this;
        for (FacetValue facet : facets) {
            path = path.with(encoded(facet.facet()), facet.value());
        }
        return path;
    }

    /** One segment of a path, or the value of a query parameter, percent-encoded. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public String toString() {
        return text;
    }
}
