package dev.cadastre.eventstore.commit;

import static dev.cadastre.eventstore.conformance.ChangeSetBuilder.oneEvent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadastre.eventstore.log.LogException.Unavailable;
import dev.cadastre.eventstore.sqlite.SqliteCommitStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A shared store reads well, and takes no writes. */
class FullStoreTest {

    @TempDir Path directory;

    @Test
    void the_log_takes_appends_again_once_the_store_takes_writes_and_not_because_it_reads() {
        Full shared = new Full();
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

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    private static final class Full implements SharedStore {

        private final AtomicInteger tries = new AtomicInteger();
        private volatile boolean full;

        @Override
        public boolean awaitCommit(long slot, Duration atMost) throws InterruptedException {
            TimeUnit.MILLISECONDS.sleep(5);
            return false;
        }

        @Override
        public List<CommitOutline> from(long slot) {
            return List.of();
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
