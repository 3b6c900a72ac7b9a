package dev.cadastre.http.config;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Where handlers run what may block: a virtual thread for each piece of work, never the event loop
 * and never the bounded pool of Reactor, whose size would bound the commands that share a commit.
 */
public final class BlockingWork implements AutoCloseable {

    private final ExecutorService threads =
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("work-", 0).factory());
    private final Scheduler scheduler = Schedulers.fromExecutorService(threads, "work");

    /** Runs the work on a virtual thread when subscribed; cancelling interrupts it. */
    public <T> Mono<T> call(Callable<? extends T> work) {
        return Mono.<T>fromCallable(work).subscribeOn(scheduler);
    }

    /** Runs the work on a virtual thread when subscribed. */
    public Mono<Void> run(Runnable work) {
        return Mono.<Void>fromRunnable(work).subscribeOn(scheduler);
    }

    /** The scheduler itself, for streams: {@code Flux.generate(...).subscribeOn(scheduler())}. */
    public Scheduler scheduler() {
        return scheduler;
    }

    @Override
    public void close() {
        scheduler.dispose();
        threads.shutdownNow();
    }
}
