package dev.cadastre.eventstore.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.cadastre.eventstore.config.LogPlace;
import dev.cadastre.eventstore.log.EventLog;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** A suite that a log without any contents could pass would prove nothing. */
class SuiteHasTeethTest {

    /** Runs the suite against a log that takes everything and keeps nothing. */
    static class NoOpLogSuite extends EventLogConformance {
        @Override
        protected EventLog open(Clock clock) {
            return new NoOpLog();
        }

        @Override
        public LogPlace place() {
            return new LogPlace.Directory(Path.of("where nothing is"));
        }

        @Override
        public LogPlace emptyPlace() {
            return place();
        }
    }

    @Test
    void a_log_that_keeps_nothing_fails_every_test() {
        Launcher launcher = LauncherFactory.create();
        Results results = new Results();

        launcher.execute(
                LauncherDiscoveryRequestBuilder.request()
                        .selectors(selectClass(NoOpLogSuite.class))
                        .build(),
                results);

        assertThat(results.failed).hasSizeGreaterThan(40);
        assertThat(results.passedOrSkipped).isEmpty();
    }

    private static final class Results implements TestExecutionListener {
        final List<String> failed = new ArrayList<>();
        final List<String> passedOrSkipped = new ArrayList<>();

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (test.isTest()) {
                boolean fails = result.getStatus() == TestExecutionResult.Status.FAILED;
                (fails ? failed : passedOrSkipped).add(test.getDisplayName());
            }
        }

        @Override
        public void executionSkipped(TestIdentifier test, String reason) {
            passedOrSkipped.add(test.getDisplayName());
        }
    }
}
