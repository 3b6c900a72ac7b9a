package dev.cadastre.query.shared.http;

import static dev.cadastre.query.shared.time.CoordinateResolver.ACCEPT_DATETIME;
import static dev.cadastre.query.shared.time.CoordinateResolver.AS_OF;
import static dev.cadastre.query.shared.time.CoordinateResolver.KNOWN_AT;

import dev.cadastre.http.time.InstantText;
import dev.cadastre.query.shared.time.Coordinates;
import dev.cadastre.query.shared.time.LogView;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.server.ServerRequest;

/** Says in an answer's headers at which coordinates it holds, and whether it can ever change. */
final class CoordinateHeaders {

    private final LogView view;

    CoordinateHeaders(LogView view) {
        this.view = view;
    }

    /**
     * @param negotiable whether the resource has states to go to; {@code Vary} names {@code
     *     Accept-Datetime} only where it negotiates, which the address of a state does not
     */
    void add(HttpHeaders headers, ServerRequest request, Answer answer, boolean negotiable) {
        Coordinates at = answer.coordinates();
        headers.set("As-Of", InstantText.format(at.asOf()));
        headers.set("Known-At", InstantText.format(at.knownAt()));
        headers.set("Log-Position", Long.toString(at.position()));
        headers.setVary(
                negotiable && !namesItsTime(request)
                        ? List.of(HttpHeaders.ACCEPT, ACCEPT_DATETIME, HttpHeaders.AUTHORIZATION)
                        : List.of(HttpHeaders.ACCEPT, HttpHeaders.AUTHORIZATION));
        headers.setCacheControl(
                at.isFinal() ? "private, max-age=31536000, immutable" : "private, no-cache");
        if (!at.isFinal()) {
            view.lastHeard()
                    .ifPresent(heard -> headers.set("Log-Heard", InstantText.format(heard)));
        }
        if (at.position() < 0 && view.beginsAt() != Long.MAX_VALUE) {
            headers.set("Log-Begins", InstantText.format(view.beginsAt()));
        }
        boolean memento = at.isMemento() && at.isFinal();
        if (memento) {
            headers.set("Memento-Datetime", InstantText.formatHttpDate(at.asOf()));
        }
        if (negotiable) {
            MementoLinks ways = MementoLinks.of(request.uri());
            if (memento && !ways.isInsideAWindow()) {
                Memento self = new Memento(at.asOf(), at.position());
                ways.add("", self);
                if (request.headers().firstHeader(ACCEPT_DATETIME) != null) {
                    headers.set(HttpHeaders.CONTENT_LOCATION, ways.address(self));
                }
            }
            if (answer.past() != null) {
                ways.add(answer.past());
            }
            headers.set(HttpHeaders.LINK, ways.text());
        }
    }

    private static boolean namesItsTime(ServerRequest request) {
        return request.queryParams().containsKey(AS_OF)
                || request.queryParams().containsKey(KNOWN_AT);
    }
}
