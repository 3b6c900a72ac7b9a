package dev.cadastre.query.register.current;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.query.histories.ProjectedRegister;
import dev.cadastre.query.histories.Recorded;
import dev.cadastre.query.histories.SeededHistory;
import dev.cadastre.query.versions.store.CurrentRow;
import dev.cadastre.query.versions.store.CurrentStore;
import dev.cadastre.query.versions.store.CurrentToken;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CurrentRegisterAtRestTest {

    @TempDir Path directory;

    @Test
    void a_process_that_has_not_got_the_claim_asks_for_it_now_and_then() throws Exception {
        ClaimedByAnother store = new ClaimedByAnother();
        try (Recorded recorded = Recorded.in(directory, Clock.systemUTC())) {
            SeededHistory.changeSets(1, 5).forEach(recorded::changeSet);
            try (ProjectedRegister register =
                            new ProjectedRegister(
                                            recorded.log(), directory, ProjectedRegister.SMALL)
                                    .upToDate();
                    CurrentRegister _ =
                            CurrentRegister.start(
                                    recorded.log(),
                                    register.projection(),
                                    register.bodies(),
                                    store,
                                    Clock.systemUTC())) {
                long first = store.nextAsked();
                store.nextAsked();
                store.nextAsked();
                assertThat(Duration.ofNanos(store.nextAsked() - first))
                        .isGreaterThan(Duration.ofMillis(300));
            }
        }
    }

    private static final class ClaimedByAnother implements CurrentStore {
        private final BlockingQueue<Long> asked = new LinkedBlockingQueue<>();

        long nextAsked() throws InterruptedException {
            Long at = asked.poll(20, TimeUnit.SECONDS);
            assertThat(at).as("asked in time").isNotNull();
            return at;
        }

        @Override
        public boolean isClaimed() {
            asked.add(System.nanoTime());
            return false;
        }

        @Override
        public boolean isClaimedByAnother() {
            return true;
        }

        @Override
        public CurrentToken token() {
            return CurrentToken.NOTHING;
        }

        @Override
        public void write(Iterator<List<CurrentRow>> rows, CurrentToken token) {
            throw new AssertionError("only the one with the claim writes");
        }

        @Override
        public void clear() {
            throw new AssertionError("only the one with the claim clears");
        }

        @Override
        public void close() {}
    }
}
