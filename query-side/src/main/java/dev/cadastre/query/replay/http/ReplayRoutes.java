package dev.cadastre.query.replay.http;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import dev.cadastre.http.problem.ProblemException;
import dev.cadastre.http.problem.ProblemType;
import dev.cadastre.query.replay.model.Replays;
import dev.cadastre.query.shared.stream.LongStreams;
import dev.cadastre.query.shared.stream.StreamFormat;
import dev.cadastre.query.shared.stream.StreamSource;
import dev.cadastre.query.shared.time.CoordinateResolver;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/** {@code GET replay}: the state at one coordinate, and each change from there to another. */
public final class ReplayRoutes {

    /** A replay holds megabytes, other streams hold next to nothing. */
    private static final int MOST_AT_ONCE = 16;

    private final CoordinateResolver resolver;
    private final Replays replays;
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);

    private ReplayRoutes(CoordinateResolver resolver, Replays replays) {
        this.resolver = resolver;
        this.replays = replays;
    }

    /** The route at {@code path}, for example {@code /api/v1/replay}. */
    public static RouterFunction<ServerResponse> of(
            String path, LongStreams streams, CoordinateResolver resolver, Replays replays) {
        ReplayRoutes routes = new ReplayRoutes(resolver, replays);
        return route().GET(
                        path,
                        request ->
                                streams.open(request, (format, _) -> routes.feed(request, format)))
                .build();
    }

    private @Nullable StreamSource feed(ServerRequest request, StreamFormat format) {
        ReplayRequest wanted = ReplayRequest.of(request, resolver);
        if (wanted.point().hasEnded()) {
            return null;
        }
        if (!places.tryAcquire()) {
            throw new ProblemException(
                            ProblemType.TOO_MANY_REQUESTS,
                            "The server has "
                                    + MOST_AT_ONCE
                                    + " replays under way. Try again when one has ended.")
                    .retryAfter(Duration.ofSeconds(10));
        }
        try {
            return new ReplayFeed(
                    replays.replay(wanted.range(), wanted.scope(), wanted.point()),
                    wanted,
                    format,
                    places::release);
        } catch (RuntimeException e) {
            places.release();
            throw e;
        }
    }
}
