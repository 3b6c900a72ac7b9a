package dev.cadastre.query.mementos.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A link of a header or of a TimeMap (RFC 8288). */
record Link(String address, Map<String, String> attributes) {

    private static final Pattern LINK = Pattern.compile("<([^>]*)>((?:; [a-z]+=\"[^\"]*\")+)");

    /** All links of a header or a TimeMap. */
    static List<Link> all(String text) {
        List<Link> links = new ArrayList<>();
        Matcher matcher = LINK.matcher(text);
        while (matcher.find()) {
            Map<String, String> attributes = new LinkedHashMap<>();
            for (String attribute : matcher.group(2).substring(2).split("; ")) {
                int equals = attribute.indexOf('=');
                attributes.put(
                        attribute.substring(0, equals),
                        attribute.substring(equals + 2, attribute.length() - 1));
            }
            assertThat(URI.create(matcher.group(1)).isAbsolute()).isFalse();
            links.add(new Link(matcher.group(1), attributes));
        }
        return links;
    }

    /** The mementos among all links. */
    static List<Link> mementos(String text) {
        return all(text).stream().filter(link -> link.isRelated("memento")).toList();
    }

    /** The first link of an answer with a relation, or with just these; null if there is none. */
    static @Nullable Link of(HttpResponse<String> answer, String relation) {
        return all(answer.headers().firstValue("Link").orElseThrow()).stream()
                .filter(
                        link ->
                                relation.contains(" ")
                                        ? link.attributes().get("rel").equals(relation)
                                        : link.isRelated(relation))
                .findFirst()
                .orElse(null);
    }

    boolean isRelated(String relation) {
        return List.of(attributes.get("rel").split(" ")).contains(relation);
    }
}
