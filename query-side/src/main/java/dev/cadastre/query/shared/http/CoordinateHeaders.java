package dev.cadastre.query.shared.http;

import dev.cadastre.http.time.InstantText;
import dev.cadastre.query.shared.time.Coordinates;
import dev.cadastre.query.shared.time.LogView;
import java.net.URI;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.server.ServerRequest;

/** Says in an answer's headers at which coordinates it holds, and whether it can ever change. */
final class CoordinateHeaders {

    private final LogView view;

    CoordinateHeaders(LogView view) {
        this.view = view;
    }

    void add(HttpHeaders headers, ServerRequest request, Coordinates at) {
        headers.set("As-Of", InstantText.format(at.asOf()));
        headers.set("Known-At", InstantText.format(at.knownAt()));
        headers.set("Log-Position", Long.toString(at.position()));
        headers.setVary(List.of("Accept", "Accept-Datetime", "Authorization"));
        headers.setCacheControl(
                at.isFinal() ? "private, max-age=31536000, immutable" : "private, no-cache");
        if (at.position() < 0 && view.beginsAt() != Long.MAX_VALUE) {
            headers.set("Log-Begins", InstantText.format(view.beginsAt()));
        }
        if (at.isMemento()) {
            if (at.isFinal()) {
                headers.set("Memento-Datetime", InstantText.formatHttpDate(at.asOf()));
            }
            headers.set(HttpHeaders.LINK, links(request.uri(), at));
        }
    }

    private static String links(URI uri, Coordinates at) {
        String original =
                uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
        String memento =
                original
                        + (uri.getRawQuery() == null ? "?" : "&")
                        + "asOf="
                        + InstantText.format(at.asOf())
                        + "&knownAt=position:"
                        + at.position();
        return "<" + original + ">; rel=\"original timegate\", <" + memento + ">; rel=\"memento\"";
    }
}
