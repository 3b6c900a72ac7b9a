package dev.cadastre.query.register.projection;

import dev.cadastre.events.Microseconds;
import dev.cadastre.eventstore.log.Commit;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.eventstore.log.StoredEvent;
import dev.cadastre.query.register.kinds.RegisterKind;
import dev.cadastre.query.shared.time.Horizon;
import dev.cadastre.query.shared.time.LogView;
import dev.cadastre.query.temporal.View;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;

/** The log as far as the projection of the register holds it. */
public final class ProjectedLogView implements LogView {

    private final EventLog log;
    private final RegisterProjection projection;

    public ProjectedLogView(EventLog log, RegisterProjection projection) {
        this.log = log;
        this.projection = projection;
    }

    @Override
    public Horizon horizon() {
        return projection.horizon();
    }

    @Override
    public long lastPositionRecordedBy(long microseconds) {
        return this.<Integer>ask(view -> view.positionAt(microseconds));
    }

    @Override
    public long endOfChangeSet(long position) {
        int commitEnd = this.<Integer>ask(view -> view.commitEnd(position));
        if (position >= commitEnd) {
            return commitEnd;
        }
        List<StoredEvent> events = commitOf(position).events();
        int at = Math.toIntExact(position - events.getFirst().position());
        UUID changeSet = events.get(at).envelope().changeSet();
        while (at + 1 < events.size()
                && events.get(at + 1).envelope().changeSet().equals(changeSet)) {
            at++;
        }
        return events.get(at).position();
    }

    private Commit commitOf(long position) {
        return log.commits(position, 1).getFirst();
    }

    @Override
    public long recordedAt(long position) {
        return this.<Long>ask(view -> view.recordedAt(Math.toIntExact(position)));
    }

    @Override
    public long beginsAt() {
        return this.<Long>ask(View::beginning);
    }

    @Override
    public OptionalLong statesBegun(long asOf, long position) {
        return ask(
                view ->
                        view.position() == position
                                ? OptionalLong.of(statesBegun(view, asOf))
                                : OptionalLong.empty());
    }

    private static long statesBegun(View view, long asOf) {
        long begun = 0;
        for (RegisterKind kind : RegisterKind.values()) {
            long[] untilThen = {Long.MIN_VALUE, asOf + 1};
            begun += view.kind(kind.word()).starts(untilThen, view.position())[0];
        }
        return begun;
    }

    @Override
    public long lastPositionOfLog() {
        return log.latestHead().size() - 1;
    }

    @Override
    public OptionalLong lastHeard() {
        Optional<Instant> heard = log.lastHeard();
        return heard.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(Microseconds.ofClock(heard.get()));
    }

    @Override
    public boolean await(long position, Duration atMost) throws InterruptedException {
        return projection.await(position, atMost);
    }

    @Override
    public Registration onAdvance(Runnable listener) {
        return projection.onAdvance(listener);
    }

    private <T> T ask(Function<View, T> question) {
        return projection.index().read(question);
    }
}
