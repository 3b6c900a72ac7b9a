package dev.cadastre.query.register.current;

import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.query.histories.ProjectedRegister;
import dev.cadastre.query.versions.store.CurrentStore;
import java.time.Clock;

/** What a process does to the current register, one turn at a time. */
public final class Turns {

    private Turns() {}

    /** Takes one, as a process that has just been started. */
    public static void take(
            EventLog log, ProjectedRegister register, CurrentStore store, Clock clock) {
        new CurrentRegister(log, register.projection(), register.bodies(), store, clock)
                .bringUpToDate();
    }
}
