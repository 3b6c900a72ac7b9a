package dev.cadastre.query.events.http;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.query.events.model.FacetSelection;
import dev.cadastre.query.shared.stream.LongStreams;
import dev.cadastre.query.shared.stream.StreamFormat;
import dev.cadastre.query.shared.stream.StreamSource;
import dev.cadastre.query.shared.time.LogView;
import dev.cadastre.query.temporal.TemporalIndex;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/** {@code GET events}: the log from any position on, as it grows. */
public final class EventRoutes {

    private final EventLog log;
    private final EventTail tail;
    private final LogView view;
    private final TemporalIndex index;

    private EventRoutes(EventLog log, EventTail tail, LogView view, TemporalIndex index) {
        this.log = log;
        this.tail = tail;
        this.view = view;
        this.index = index;
    }

    /** The route at {@code path}, for example {@code /api/v1/events}. */
    public static RouterFunction<ServerResponse> of(
            String path,
            LongStreams streams,
            EventLog log,
            EventTail tail,
            LogView view,
            TemporalIndex index) {
        EventRoutes routes = new EventRoutes(log, tail, view, index);
        return route().GET(
                        path,
                        request ->
                                streams.open(
                                        request,
                                        (format, wake) -> routes.feed(request, format, wake)))
                .build();
    }

    private StreamSource feed(ServerRequest request, StreamFormat format, Runnable wake) {
        EventRequest wanted = EventRequest.of(request, log.latestHead().size() - 1);
        FacetSelection facets =
                wanted.selection().needsRegister()
                        ? new FacetSelection(index, wanted.selection().facets())
                        : null;
        return new EventFeed(log, tail, view, facets, wanted, format, wake);
    }
}
