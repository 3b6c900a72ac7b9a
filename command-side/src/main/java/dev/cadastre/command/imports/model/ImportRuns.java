package dev.cadastre.command.imports.model;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.cadastre.events.Event;
import dev.cadastre.events.Microseconds;
import dev.cadastre.events.StreamId;
import dev.cadastre.events.imports.ImportEvent.ImportEnded;
import dev.cadastre.events.imports.ImportEvent.ImportStarted;
import dev.cadastre.events.json.EventJson;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.eventstore.log.LogException;
import dev.cadastre.eventstore.log.StoredEvent;
import java.io.InputStream;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs imports and tells of them. What a running one has done so far is known in memory; what an
 * ended one did is in the log. A run whose record has no end, and which is not running here, was
 * interrupted by a stop of the server. Dry runs are known in memory only. Thread-safe.
 */
public final class ImportRuns {

    private static final Logger LOG = LoggerFactory.getLogger(ImportRuns.class);

    /** How many imports may run at once. */
    static final int MOST_AT_ONCE = 4;

    private static final long DRY_RUNS_KEPT = 100;

    /** How long a run waits for another one of its source. */
    private static final long WAIT_SECONDS = 60;

    private final EventLog log;
    private final RunRecords records;
    private final ImportRegister register;
    private final Function<EventLog, ImportRegister> trials;
    private final Clock clock;
    private final Map<String, Running> running = new ConcurrentHashMap<>();
    private final Map<String, Semaphore> sources = new ConcurrentHashMap<>();
    private final AtomicInteger runningCount = new AtomicInteger();
    private final Cache<String, ImportRun> dryRuns =
            Caffeine.newBuilder().maximumSize(DRY_RUNS_KEPT).build();

    private record Running(ImportRun began, ImportTally tally) {

        ImportRun now() {
            return tally.snapshot(began, ImportState.RUNNING, null, -1, null);
        }
    }

    /**
     * @param register takes what imports record
     * @param trials makes a register over a log that a dry run fills and throws away
     */
    public ImportRuns(
            EventLog log,
            ImportRegister register,
            Function<EventLog, ImportRegister> trials,
            Clock clock) {
        this.log = log;
        this.records = new RunRecords(register.handling().commands());
        this.register = register;
        this.trials = trials;
        this.clock = clock;
    }

    /**
     * Reads a history file to its end, or to where it cannot be read on, and records what it tells.
     * Blocks for as long as the body comes.
     *
     * @return the run as it ended
     * @throws TooManyRuns if too many are running
     * @throws RunIdTaken if there is a run with this id
     * @throws SourceBusy if another run of this source does not end in time
     * @throws dev.cadastre.eventstore.log.LogException if the log cannot take the run's own record
     */
    public ImportRun run(ImportRequest request, InputStream body) {
        if (runningCount.incrementAndGet() > MOST_AT_ONCE) {
            runningCount.decrementAndGet();
            throw new TooManyRuns(MOST_AT_ONCE);
        }
        Running run = new Running(begin(request), new ImportTally());
        try {
            if (find(request.id()).isPresent() || running.putIfAbsent(request.id(), run) != null) {
                throw new RunIdTaken(request.id());
            }
            return request.dryRun()
                    ? end(request, run, outcome(request, run, body))
                    : alone(request, run, body);
        } finally {
            running.remove(request.id(), run);
            runningCount.decrementAndGet();
        }
    }

    /**
     * Runs of one source go one after the other: whether a change is known is asked before it is
     * judged, and that answer must not change meanwhile.
     */
    private ImportRun alone(ImportRequest request, Running run, InputStream body) {
        Semaphore source = sources.computeIfAbsent(request.source(), _ -> new Semaphore(1));
        try {
            if (!source.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw new SourceBusy(request.source());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SourceBusy(request.source());
        }
        try {
            records.started(request);
            return end(request, run, outcome(request, run, body));
        } finally {
            source.release();
        }
    }

    /** What is known of a run. */
    public Optional<ImportRun> find(String id) {
        Running run = running.get(id);
        if (run != null) {
            return Optional.of(run.now());
        }
        ImportRun dryRun = dryRuns.getIfPresent(id);
        return dryRun != null ? Optional.of(dryRun) : recorded(id);
    }

    /** The runs that are going on, in no order. */
    public List<ImportRun> running() {
        return running.values().stream().map(Running::now).toList();
    }

    private ImportRun begin(ImportRequest request) {
        return new ImportRun(
                request.id(),
                ImportRequest.HISTORY,
                request.source(),
                request.dryRun(),
                ImportState.RUNNING,
                now(),
                null,
                0,
                0,
                0,
                0,
                0,
                -1,
                null,
                List.of());
    }

    private ImportRun.@Nullable Problem outcome(
            ImportRequest request, Running run, InputStream body) {
        try {
            return request.dryRun()
                    ? judge(request, run, body)
                    : carry(request, run, body, log, register);
        } catch (RuntimeException e) {
            LOG.error("Import {} failed", request.id(), e);
            return new ImportRun.Problem(
                    EndReason.FAILED,
                    run.now().lines(),
                    "The server failed after line "
                            + run.now().lines()
                            + ". Its log names the cause under import "
                            + request.id()
                            + ".");
        }
    }

    private ImportRun.@Nullable Problem judge(
            ImportRequest request, Running run, InputStream body) {
        TrialLog trial = new TrialLog(log);
        ImportRegister copy = trials.apply(trial);
        try (var _ = copy.handling()) {
            return carry(request, run, body, trial, copy);
        }
    }

    private static ImportRun.@Nullable Problem carry(
            ImportRequest request,
            Running run,
            InputStream body,
            EventLog into,
            ImportRegister through) {
        return new HistoryImport(
                        request.source(), through.recorder(request), into::key, run.tally())
                .run(body);
    }

    private ImportRun end(ImportRequest request, Running run, ImportRun.@Nullable Problem problem) {
        ImportState state = problem == null ? ImportState.COMPLETED : ImportState.ENDED_EARLY;
        ImportRun ended = run.tally().snapshot(run.began(), state, now(), -1, problem);
        if (request.dryRun()) {
            dryRuns.put(request.id(), ended);
            return ended;
        }
        try {
            long position = records.ended(request, record(ended));
            return run.tally().snapshot(run.began(), state, ended.endedAt(), position, problem);
        } catch (LogException.Unavailable e) {
            if (problem != null && problem.reason() == EndReason.UNAVAILABLE) {
                // Where the log took no change it takes no record either: the caller is told.
                return ended;
            }
            throw e;
        }
    }

    private static ImportEnded record(ImportRun ended) {
        ImportRun.Problem problem = ended.problem();
        return new ImportEnded(
                Outcomes.word(problem),
                problem == null ? null : problem.detail(),
                ended.lines(),
                ended.events(),
                ended.changes(),
                ended.skipped(),
                ended.rejected(),
                ended.rejects());
    }

    private Optional<ImportRun> recorded(String id) {
        List<StoredEvent> events = log.stream(StreamId.importRun(id).toString(), 0);
        if (events.isEmpty() || !(read(events.getFirst()) instanceof ImportStarted started)) {
            return Optional.empty();
        }
        StoredEvent last = events.getLast();
        ImportEnded ended = read(last) instanceof ImportEnded event ? event : null;
        ImportRun.Problem problem = ended == null ? null : Outcomes.problem(ended);
        return Optional.of(
                new ImportRun(
                        id,
                        started.profile(),
                        started.source(),
                        started.dryRun(),
                        ended == null
                                ? ImportState.INTERRUPTED
                                : problem == null ? ImportState.COMPLETED : ImportState.ENDED_EARLY,
                        events.getFirst().envelope().recordedAt(),
                        ended == null ? null : last.envelope().recordedAt(),
                        ended == null ? 0 : ended.lines(),
                        ended == null ? 0 : ended.events(),
                        ended == null ? 0 : ended.changes(),
                        ended == null ? 0 : ended.skipped(),
                        ended == null ? 0 : ended.rejected(),
                        last.position(),
                        problem,
                        ended == null ? List.of() : ended.rejects()));
    }

    private static Event read(StoredEvent stored) {
        return EventJson.read(
                stored.envelope().type(), stored.envelope().revision(), stored.payload());
    }

    private long now() {
        return Microseconds.ofClock(clock.instant());
    }
}
