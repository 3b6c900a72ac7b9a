package dev.cadastre.benchmarks;

import dev.cadastre.eventstore.commit.CommitStore;
import dev.cadastre.eventstore.commit.CommitStore.Insertion;
import dev.cadastre.eventstore.commit.GroupCommitLog;
import dev.cadastre.eventstore.log.ChangeSet;
import dev.cadastre.eventstore.log.Committed;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.eventstore.log.ProposedEvent;
import dev.cadastre.eventstore.mongodb.MongoCommitStore;
import dev.cadastre.eventstore.mongodb.MongoLogSettings;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;

/**
 * Several writers of one log, as processes have them: each its own log over the one database, with
 * callers that each change a CI of their own, one change after the other.
 */
final class MongoWriters implements AutoCloseable {

    private static final int CALLERS_EACH = 64;
    private static final byte[] PAYLOAD = LogBenchmark.payload(0);

    /**
     * What the writers reached.
     *
     * @param wasted insertions that stored nothing, mostly into slots that were taken
     */
    record Reached(double seconds, long commits, long wasted) {

        double commitsPerSecond() {
            return commits / seconds;
        }
    }

    private final List<EventLog> logs = new ArrayList<>();
    private final LongAdder durable = new LongAdder();
    private final LongAdder wasted = new LongAdder();
    private final long[] sequence;

    MongoWriters(String uri, int writers, boolean lease) {
        MongoLogSettings settings = MongoLogSettings.of(uri).allowingStandalone();
        for (int writer = 0; writer < writers; writer++) {
            logs.add(
                    new GroupCommitLog(
                            counting(
                                    MongoCommitStore.open(
                                            lease ? settings : settings.withoutLease())),
                            Clock.systemUTC()));
        }
        sequence = new long[writers * CALLERS_EACH];
        List<CompletableFuture<Committed>> begun = new ArrayList<>();
        for (int caller = 0; caller < sequence.length; caller++) {
            begun.add(append(caller));
        }
        begun.forEach(CompletableFuture::join);
    }

    Reached drive(double seconds) throws Exception {
        durable.reset();
        wasted.reset();
        long began = System.nanoTime();
        Callers.drive(sequence.length, seconds, (caller, n) -> append(caller).join());
        return new Reached((System.nanoTime() - began) / 1e9, durable.sum(), wasted.sum());
    }

    /** The store itself, but that what becomes of its insertions is counted. */
    private CommitStore counting(CommitStore store) {
        return (CommitStore)
                Proxy.newProxyInstance(
                        MongoWriters.class.getClassLoader(),
                        new Class<?>[] {CommitStore.class},
                        (_, method, arguments) -> {
                            try {
                                Object result = method.invoke(store, arguments);
                                if (result == Insertion.DURABLE) {
                                    durable.increment();
                                } else if (result instanceof Insertion) {
                                    wasted.increment();
                                }
                                return result;
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
    }

    private CompletableFuture<Committed> append(int caller) {
        long number = sequence[caller]++;
        return logs.get(caller % logs.size())
                .append(
                        new ChangeSet(
                                LogBenchmark.randomId(),
                                "benchmark",
                                "benchmark",
                                "benchmark",
                                LogBenchmark.METADATA,
                                List.of(
                                        new ProposedEvent(
                                                "ci:server:" + caller,
                                                number,
                                                LogBenchmark.randomId(),
                                                "ci.changed",
                                                1,
                                                PAYLOAD,
                                                null,
                                                Long.MAX_VALUE,
                                                List.of())),
                                List.of(),
                                List.of(),
                                null));
    }

    @Override
    public void close() {
        logs.forEach(EventLog::close);
    }
}
