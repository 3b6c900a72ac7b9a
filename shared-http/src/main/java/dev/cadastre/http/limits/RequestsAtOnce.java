package dev.cadastre.http.limits;

import dev.cadastre.http.problem.ProblemException;
import dev.cadastre.http.problem.ProblemType;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Bounds the requests under way, so that a flood is told to come back instead of filling the heap.
 */
public final class RequestsAtOnce implements WebFilter, Ordered {

    private final int most;
    private final AtomicInteger underWay = new AtomicInteger();

    public RequestsAtOnce(int most) {
        this.most = most;
    }

    @Override
    public int getOrder() {
        return -200;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return Mono.defer(
                () -> {
                    if (underWay.incrementAndGet() > most) {
                        underWay.decrementAndGet();
                        return Mono.error(
                                new ProblemException(
                                                ProblemType.TOO_MANY_REQUESTS,
                                                "The server has "
                                                        + most
                                                        + " requests under way. Try again shortly.")
                                        .retryAfter(Duration.ofSeconds(1)));
                    }
                    Place place = new Place(underWay);
                    exchange.getAttributes().put(Place.ATTRIBUTE, place);
                    return chain.filter(exchange).doFinally(end -> place.end());
                });
    }

    /** A request's place among those under way. Thread-safe. */
    public static final class Place {

        private static final String ATTRIBUTE = Place.class.getName();

        private final AtomicInteger underWay;
        private @Nullable Runnable afterwards;
        private boolean ended;

        private Place(AtomicInteger underWay) {
            this.underWay = underWay;
        }

        /** The place of a request that came through the filter. */
        public static Place of(ServerRequest request) {
            return (Place) request.attribute(ATTRIBUTE).orElseThrow();
        }

        /**
         * Gives the place to another request, for an answer that goes on for long and is bounded by
         * other means.
         *
         * @param end called once when the exchange is over, however it ends; at once if it is
         */
        public void leave(Runnable end) {
            synchronized (this) {
                if (afterwards == null && !ended) {
                    underWay.decrementAndGet();
                    afterwards = end;
                    return;
                }
            }
            end.run();
        }

        private void end() {
            @Nullable Runnable after;
            synchronized (this) {
                if (ended) {
                    return;
                }
                ended = true;
                after = afterwards;
                if (after == null) {
                    underWay.decrementAndGet();
                    return;
                }
            }
            after.run();
        }
    }
}
