package dev.cadastre.eventstore.conformance;

import dev.cadastre.eventstore.log.EventLog;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * The suite for the port of the log. An adapter passes it whole; a subclass says only how its log
 * is opened.
 */
public abstract class EventLogConformance
        implements AppendingConformance,
                BoundsConformance,
                RefusingConformance,
                ConditionsConformance,
                RacingConformance,
                RecordedTimeConformance,
                ReadingConformance,
                RestartConformance,
                CopyingConformance {

    private final ManualClock clock = new ManualClock();
    private EventLog log;

    /** Opens the log of this test's own, empty place; once more after it was closed. */
    protected abstract EventLog open(Clock clock);

    @BeforeEach
    void openLog() {
        log = open(clock);
    }

    @AfterEach
    void closeLog() {
        log.close();
        clearUp();
    }

    /** Gets rid of this test's place, once its log is closed. */
    protected void clearUp() {}

    @Override
    public final EventLog log() {
        return log;
    }

    @Override
    public final ManualClock clock() {
        return clock;
    }

    @Override
    public final void reopen() {
        log.close();
        log = open(clock);
    }
}
