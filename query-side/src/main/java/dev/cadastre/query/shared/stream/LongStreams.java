package dev.cadastre.query.shared.stream;

import dev.cadastre.http.access.Caller;
import dev.cadastre.http.access.TokenCheck;
import dev.cadastre.http.config.BlockingWork;
import dev.cadastre.http.limits.PacedWriting;
import dev.cadastre.http.limits.RequestsAtOnce;
import dev.cadastre.http.problem.ProblemException;
import dev.cadastre.http.problem.ProblemTranslation;
import dev.cadastre.http.problem.ProblemType;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.CacheControl;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.netty.NettyOutbound;

/**
 * Answers that go on until the client goes, the source has no more, the token is revoked or the
 * server stops. An open stream does not count as a request under way; how many there may be is
 * bounded for all and for each principal. Any authenticated caller may open one.
 */
public final class LongStreams implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(LongStreams.class);

    /** How to close the connection of a stream. */
    private record Connected(OpenStream stream, Runnable cut) {}

    private final StreamLimits limits;
    private final BlockingWork work;
    private final ProblemTranslation problems;
    private final ScheduledThreadPoolExecutor timer =
            new ScheduledThreadPoolExecutor(
                    1, Thread.ofPlatform().daemon().name("streams").factory());
    private final Map<OpenStream, Connected> open = new ConcurrentHashMap<>();
    private final Map<String, Integer> ofPrincipal = new HashMap<>();
    private int count;
    private volatile boolean running;
    private volatile boolean stopping;

    /**
     * @param problems tells what cannot be reached from what failed
     */
    public LongStreams(StreamLimits limits, BlockingWork work, ProblemTranslation problems) {
        this.limits = limits;
        this.work = work;
        this.problems = problems;
        timer.setRemoveOnCancelPolicy(true);
    }

    /**
     * Opens a stream.
     *
     * @param opening reads the request on a thread that may block
     */
    public Mono<ServerResponse> open(ServerRequest request, StreamOpening opening) {
        return work.call(() -> begin(request, opening)).flatMap(answer -> answer);
    }

    /** How many streams are open. */
    public int count() {
        synchronized (ofPrincipal) {
            return count;
        }
    }

    private Mono<ServerResponse> begin(ServerRequest request, StreamOpening opening) {
        Caller caller = Caller.of(request);
        StreamFormat format = StreamFormat.of(request);
        OpenStream stream =
                new OpenStream(
                        format,
                        limits,
                        TokenCheck.of(request),
                        problems,
                        task -> work.scheduler().schedule(task),
                        timer);
        take(caller.principal());
        RequestsAtOnce.Place.of(request).leave(() -> close(stream, caller.principal()));
        StreamSource source = opening.open(format, stream::wake);
        if (source == null) {
            // The only answer after which an EventSource does not connect again.
            return ServerResponse.noContent().cacheControl(CacheControl.noStore()).build();
        }
        stream.from(source);
        open.put(stream, new Connected(stream, () -> cut(request.exchange().getResponse())));
        if (stopping) {
            stream.end(StreamEnd.SHUTDOWN);
        }
        if (stream.isCancelled()) {
            open.remove(stream);
        }
        return ServerResponse.ok()
                .contentType(format.type())
                .cacheControl(CacheControl.noStore())
                .headers(
                        headers -> {
                            // Proxies that buffer would keep messages from their reader.
                            headers.set("X-Accel-Buffering", "no");
                            source.headers().forEach(headers::set);
                        })
                .body((response, _) -> PacedWriting.write(response, stream.portions()));
    }

    private void take(String principal) {
        synchronized (ofPrincipal) {
            int ofOne = ofPrincipal.getOrDefault(principal, 0);
            if (count >= limits.most() || ofOne >= limits.mostOfOne()) {
                throw new ProblemException(
                                ProblemType.TOO_MANY_REQUESTS,
                                count >= limits.most()
                                        ? "The server has "
                                                + limits.most()
                                                + " streams open. Try again later."
                                        : "This principal has "
                                                + limits.mostOfOne()
                                                + " streams open. Close one of them.")
                        .retryAfter(Duration.ofSeconds(10));
            }
            count++;
            ofPrincipal.put(principal, ofOne + 1);
        }
    }

    private void close(OpenStream stream, String principal) {
        open.remove(stream);
        stream.cancel();
        synchronized (ofPrincipal) {
            count--;
            ofPrincipal.computeIfPresent(principal, (_, ofOne) -> ofOne == 1 ? null : ofOne - 1);
            ofPrincipal.notifyAll();
        }
    }

    private static void cut(ServerHttpResponse response) {
        Object carrier = ServerHttpResponseDecorator.getNativeResponse(response);
        if (carrier instanceof NettyOutbound out) {
            out.withConnection(connection -> connection.channel().close());
        }
    }

    private void lookAfterAll() {
        for (Connected connected : open.values()) {
            try {
                if (!connected.stream().lookAfter()) {
                    connected.cut().run();
                }
            } catch (RuntimeException e) {
                LOG.error("A stream could not be looked after; trying again", e);
            }
        }
    }

    @Override
    public void start() {
        running = true;
        long look = limits.look().toMillis();
        timer.scheduleWithFixedDelay(this::lookAfterAll, look, look, TimeUnit.MILLISECONDS);
    }

    /** Ends all streams: before the web server stops, which would wait for them. */
    @Override
    public void stop() {
        stopping = true;
        open.values().forEach(connected -> connected.stream().end(StreamEnd.SHUTDOWN));
        try {
            awaitNone(limits.farewell());
            open.values().forEach(connected -> connected.cut().run());
            awaitNone(limits.farewell());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        timer.shutdownNow();
        running = false;
    }

    private void awaitNone(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        synchronized (ofPrincipal) {
            for (long left = atMost.toNanos();
                    count > 0 && left > 0;
                    left = end - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(ofPrincipal, left);
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
