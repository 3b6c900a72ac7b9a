package dev.cadastre.query.shared.stream;

import dev.cadastre.http.access.TokenCheck;
import dev.cadastre.http.problem.ProblemException;
import dev.cadastre.http.problem.ProblemTranslation;
import dev.cadastre.http.problem.ProblemType;
import dev.cadastre.query.shared.stream.StreamSource.Step;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * One open stream: passes on what its source has, one portion at a time. The next portion is asked
 * for when the socket has taken the one before, so a client that stops reading costs one portion,
 * whatever goes on in the log.
 */
final class OpenStream {

    private static final Logger LOG = LoggerFactory.getLogger(OpenStream.class);

    private final StreamFormat format;
    private final StreamLimits limits;
    private final TokenCheck token;
    private final ProblemTranslation problems;
    private final Executor readers;
    private final ScheduledExecutorService timer;

    /** How many reasons to look there were since the last look; whoever adds the first looks. */
    private final AtomicInteger reasons = new AtomicInteger();

    private final Mono<DataBuffer> portion = Mono.create(this::ask);

    private @Nullable StreamSource source;
    private @Nullable Future<?> alarm;
    private boolean opened;
    private volatile @Nullable MonoSink<DataBuffer> asking;
    private volatile @Nullable StreamEnd why;
    private volatile long whySince;
    private volatile long sentAt = System.nanoTime();
    private volatile boolean over;
    private volatile boolean cancelled;

    OpenStream(
            StreamFormat format,
            StreamLimits limits,
            TokenCheck token,
            ProblemTranslation problems,
            Executor readers,
            ScheduledExecutorService timer) {
        this.format = format;
        this.limits = limits;
        this.token = token;
        this.problems = problems;
        this.readers = readers;
        this.timer = timer;
    }

    /** Sets where messages come from, before any is asked for. */
    void from(StreamSource messages) {
        source = messages;
        wake();
    }

    /**
     * The portions, each to be flushed. An inner publisher makes nothing before it is subscribed
     * to, which happens when the one before has been written: those that are asked for ahead hold
     * nothing.
     */
    Flux<Mono<DataBuffer>> portions() {
        return Flux.generate(
                sink -> {
                    if (over) {
                        sink.complete();
                    } else {
                        sink.next(portion);
                    }
                });
    }

    private void ask(MonoSink<DataBuffer> sink) {
        asking = sink;
        wake();
    }

    void wake() {
        if (reasons.getAndIncrement() == 0) {
            look(false);
        }
    }

    /** Ends the stream and tells the client why, once it has taken what was sent. */
    void end(StreamEnd reason) {
        if (why == null) {
            whySince = System.nanoTime();
            why = reason;
            wake();
        }
    }

    /** Nobody will read any more. */
    void cancel() {
        cancelled = true;
        wake();
    }

    boolean isCancelled() {
        return cancelled;
    }

    /**
     * Does what is due.
     *
     * @return false if the connection is to be closed, because the client takes nothing
     */
    boolean lookAfter() {
        if (why == null && !token.stillHolds()) {
            end(StreamEnd.TOKEN_REVOKED);
        }
        long now = System.nanoTime();
        boolean stalled = asking == null && now - sentAt > limits.longestStall().toNanos();
        boolean staysOn = why != null && now - whySince > limits.farewell().toNanos();
        if (stalled || staysOn) {
            return false;
        }
        if (now - sentAt > limits.heartbeat().toNanos()) {
            wake();
        }
        return true;
    }

    private void look(boolean mayRead) {
        int seen = reasons.get();
        while (seen > 0) {
            if (!pass(mayRead)) {
                readers.execute(() -> look(true));
                return;
            }
            seen = reasons.addAndGet(-seen);
        }
    }

    /** Passes on one portion if it is asked for; false if that needs a thread that may read. */
    private boolean pass(boolean mayRead) {
        if (cancelled || over) {
            settle();
            return true;
        }
        MonoSink<DataBuffer> sink = asking;
        if (sink == null) {
            return true;
        }
        if (!opened) {
            opened = true;
            send(sink, format.opening());
            return true;
        }
        StreamEnd reason = why;
        Step step = reason == null ? step(mayRead) : new Step.Ended(reason);
        switch (step) {
            case null -> {
                return false;
            }
            case Step.Messages messages -> send(sink, messages.bytes());
            case Step.Nothing nothing -> rest(sink, nothing);
            case Step.End _ -> {
                over = true;
                sink.success();
                settle();
            }
            case Step.Ended ended -> {
                over = true;
                send(sink, format.end(ended.why()));
                settle();
            }
        }
        return true;
    }

    private @Nullable Step step(boolean mayRead) {
        StreamSource from = source;
        if (from == null) {
            return Step.END;
        }
        try {
            return mayRead ? from.next() : from.poll();
        } catch (RuntimeException e) {
            ProblemException problem = problems.translate(e);
            if (problem != null && problem.type() == ProblemType.UNAVAILABLE) {
                LOG.warn("A stream ends, because what it reads cannot be reached", e);
                return new Step.Ended(StreamEnd.UNAVAILABLE);
            }
            LOG.error("A stream failed", e);
            return new Step.Ended(StreamEnd.FAILED);
        }
    }

    private void rest(MonoSink<DataBuffer> sink, Step.Nothing nothing) {
        if (System.nanoTime() - sentAt > limits.heartbeat().toNanos()) {
            send(sink, format.heartbeat());
        } else if (nothing.nanoseconds() != Long.MAX_VALUE) {
            cancelAlarm();
            alarm = timer.schedule(this::wake, nothing.nanoseconds(), TimeUnit.NANOSECONDS);
        }
    }

    private void send(MonoSink<DataBuffer> sink, byte[] bytes) {
        asking = null;
        sentAt = System.nanoTime();
        sink.success(DefaultDataBufferFactory.sharedInstance.wrap(bytes));
    }

    private void settle() {
        MonoSink<DataBuffer> sink = asking;
        if (sink != null) {
            asking = null;
            sink.success();
        }
        cancelAlarm();
        if (source != null) {
            source.close();
            source = null;
        }
    }

    private void cancelAlarm() {
        if (alarm != null) {
            alarm.cancel(false);
            alarm = null;
        }
    }
}
