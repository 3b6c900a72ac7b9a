package dev.cadastre.eventstore.commit;

import static dev.cadastre.eventstore.conformance.ChangeSetBuilder.oneEvent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadastre.eventstore.config.MongoLog;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.eventstore.log.LogException.Unavailable;
import dev.cadastre.eventstore.mongodb.MongoCommitStore;
import dev.cadastre.eventstore.mongodb.MongoLogSettings;
import dev.cadastre.eventstore.mongodb.MongoServers;
import dev.cadastre.eventstore.mongodb.TestServer;
import dev.cadastre.eventstore.mongodb.TestServer.TestDatabase;
import dev.cadastre.eventstore.sqlite.SqliteCommitStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A shared store reads well, and takes no writes. */
class FullStoreTest {

    @TempDir Path directory;

    @Test
    void the_log_takes_appends_again_once_the_store_takes_writes_and_not_because_it_reads() {
        Full shared = new Full(_ -> List.of());
        FaultyStore store = new FaultyStore(SqliteCommitStore.open(directory), shared);
        try (GroupCommitLog log = new GroupCommitLog(store, Clock.systemUTC())) {
            log.append(oneEvent("ci:a", 0)).join();
            shared.full = true;
            store.next(
                    FaultyStore.DISK_FULL,
                    FaultyStore.DISK_FULL,
                    FaultyStore.DISK_FULL,
                    FaultyStore.DISK_FULL);

            assertThatThrownBy(() -> log.append(oneEvent("ci:a", 1)).join())
                    .hasCauseInstanceOf(Unavailable.class)
                    .hasMessageContaining("the disk is full");
            await(() -> shared.tries.get() >= 2);
            assertThat(log.readOnlyReason()).get().asString().contains("the disk is full");
            assertThat(log.stream("ci:a", 0)).hasSize(1);

            shared.full = false;
            await(() -> log.readOnlyReason().isEmpty());
            assertThat(log.append(oneEvent("ci:a", 1)).join().firstPosition()).isEqualTo(1);
        }
    }

    @Test
    void what_others_commit_is_heard_though_this_process_cannot_write() {
        try (TestServer server = MongoServers.emulator();
                TestDatabase database = server.freshDatabase()) {
            MongoLogSettings settings = MongoLogSettings.of(database.uri()).allowingStandalone();
            MongoCommitStore mongodb = MongoCommitStore.open(settings);
            Full shared = new Full(mongodb.shared().orElseThrow()::from);
            FaultyStore store = new FaultyStore(mongodb, shared);
            try (GroupCommitLog log = new GroupCommitLog(store, Clock.systemUTC());
                    EventLog other = MongoLog.open(settings, Clock.systemUTC())) {
                shared.full = true;
                store.next(
                        FaultyStore.DISK_FULL,
                        FaultyStore.DISK_FULL,
                        FaultyStore.DISK_FULL,
                        FaultyStore.DISK_FULL);
                assertThatThrownBy(() -> log.append(oneEvent("ci:a", 0)).join())
                        .hasCauseInstanceOf(Unavailable.class);

                other.append(oneEvent("ci:b", 0)).join();
                Instant written = Instant.now();
                await(() -> log.head().size() == 1);
                await(() -> log.lastHeard().orElseThrow().isAfter(written));
                assertThat(log.readOnlyReason()).isPresent();
            }
        }
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    private static final class Full implements SharedStore {

        private final AtomicInteger tries = new AtomicInteger();
        private final LongFunction<List<CommitOutline>> others;
        private volatile boolean full;

        private Full(LongFunction<List<CommitOutline>> others) {
            this.others = others;
        }

        @Override
        public boolean awaitCommit(long slot, Duration atMost) throws InterruptedException {
            TimeUnit.MILLISECONDS.sleep(5);
            return false;
        }

        @Override
        public List<CommitOutline> from(long slot) {
            return others.apply(slot);
        }

        @Override
        public boolean awaitTurn(Runnable meanwhile) {
            return false;
        }

        @Override
        public void beaten() {}

        @Override
        public void passTurn() {}

        @Override
        public void checkWritable() {
            tries.incrementAndGet();
            if (full) {
                throw new Unavailable("the disk is full", null);
            }
        }
    }
}
