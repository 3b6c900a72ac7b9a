package dev.cadastre.command.shared;

import dev.cadastre.events.StreamId;
import dev.cadastre.eventstore.axon.ChangeSetContext;
import dev.cadastre.eventstore.axon.ChangeSetContext.Mode;
import dev.cadastre.eventstore.axon.EventMetadata;
import dev.cadastre.eventstore.log.Committed;
import dev.cadastre.eventstore.log.LogException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.command.Aggregate;
import org.axonframework.modelling.command.Repository;
import org.jspecify.annotations.Nullable;

/**
 * The way in for commands. Every call is one change set: all its commands are recorded, or none. A
 * race lost to another change set is retried inside, unless the caller insists on a sequence
 * number. Thread-safe; {@link #handle} blocks until the change set is durable.
 */
public final class Commands {

    private static final int ATTEMPTS = 20;

    private final Map<String, Repository<?>> repositories;
    private final Neighbours neighbours;
    private final Timelines timelines;
    private final QueuedChangeSets queued;

    /**
     * @param repositories by kind of stream
     */
    Commands(
            Map<String, Repository<?>> repositories,
            Neighbours neighbours,
            Timelines timelines,
            QueuedChangeSets queued) {
        this.repositories = Map.copyOf(repositories);
        this.neighbours = neighbours;
        this.timelines = timelines;
        this.queued = queued;
    }

    /**
     * Records one command and waits until it is durable.
     *
     * @throws Rejection if a rule forbids it
     * @throws LogException if the log cannot take it, or knows the key
     */
    public Recorded handle(CommandContext context, Command command) {
        return handle(context, List.of(command), Map.of());
    }

    /**
     * Records the commands, all or none, and waits until they are durable. Each is decided as if
     * the ones before it were recorded.
     *
     * @param preconditions what the caller insists on, by stream id
     * @throws Rejection if a rule forbids one of them, or a precondition fails
     * @throws LogException if the log cannot take them, or knows the key
     */
    public Recorded handle(
            CommandContext context,
            List<? extends Command> commands,
            Map<String, Precondition> preconditions) {
        for (int attempt = 1; ; attempt++) {
            Attempt tried = new Attempt(context, Mode.DURABLE, preconditions);
            try {
                return tried.start(commands).join();
            } catch (LogException.SequenceConflict conflict) {
                tried.forget();
                if (preconditions.get(conflict.stream())
                        instanceof Precondition.LastEvent(long expected)) {
                    throw new Rejection.Stale(
                            StreamId.parse(conflict.stream()), expected, conflict.actual() - 1);
                }
                giveUpAfter(attempt);
            } catch (LogException.ConditionFailed | LogException.ClaimConflict e) {
                tried.forget();
                giveUpAfter(attempt);
            } catch (LogException e) {
                tried.forget();
                throw e;
            }
        }
    }

    /**
     * Decides the commands and hands them to the log's writer without waiting. Whatever the same
     * thread sends afterwards may build on them, and fails if they do. The context must have an
     * effective time. A race that was lost shows in the outcome and is not retried: it can only be
     * lost to somebody who changes the same entities meanwhile.
     *
     * @return completes with what became of it, but names no entities; or exceptionally with a
     *     {@link LogException}
     * @throws Rejection if a rule forbids one of them
     */
    public CompletableFuture<Recorded> queue(
            CommandContext context, List<? extends Command> commands) {
        if (context.effectiveAt() == null) {
            throw new IllegalArgumentException("Queued commands need an effective time");
        }
        return new Attempt(context, Mode.QUEUED, Map.of()).start(commands);
    }

    private static void giveUpAfter(int attempt) {
        if (attempt == ATTEMPTS) {
            throw new Rejection.TooContended(attempt);
        }
    }

    /** One attempt at recording a change set. */
    private final class Attempt {
        private final CommandContext context;
        private final Mode mode;
        private final Map<String, Precondition> preconditions;
        private final MetaData metadata;
        private @Nullable ChangeSetContext changeSet;
        private @Nullable CommandScope scope;

        Attempt(CommandContext context, Mode mode, Map<String, Precondition> preconditions) {
            this.context = context;
            this.mode = mode;
            this.preconditions = preconditions;
            this.metadata =
                    context.effectiveAt() == null
                            ? MetaData.emptyInstance()
                            : MetaData.with(EventMetadata.EFFECTIVE_AT, context.effectiveAt());
        }

        private ChangeSetContext changeSet() {
            return Objects.requireNonNull(changeSet);
        }

        private CommandScope scope() {
            return Objects.requireNonNull(scope);
        }

        CompletableFuture<Recorded> start(List<? extends Command> commands) {
            dispatch(commands);
            CompletableFuture<Committed> outcome = changeSet().outcome();
            return outcome == null
                    ? CompletableFuture.completedFuture(recorded(commands, null))
                    : outcome.thenApply(committed -> recorded(commands, committed));
        }

        private void dispatch(List<? extends Command> commands) {
            UnitOfWork<?> root =
                    DefaultUnitOfWork.startAndGet(new GenericCommandMessage<>(context, metadata));
            try {
                attachTo(root);
                Map<StreamId, Aggregate<?>> targets = lock(commands);
                for (int i = 0; i < commands.size(); i++) {
                    Command command = commands.get(i);
                    have(targets.get(command.target()), command, i);
                }
            } catch (RuntimeException | Error e) {
                root.rollback(e);
                throw e;
            }
            root.commit();
        }

        private void have(Aggregate<?> target, Command command, int index) {
            try {
                target.handle(new GenericCommandMessage<>(command, metadata));
            } catch (Rejection rejection) {
                // What the caller insists on comes before what the rules say.
                insist(command, index);
                throw rejection.of(index);
            } catch (RuntimeException unchecked) {
                throw unchecked;
            } catch (Exception checked) {
                throw new IllegalStateException(checked);
            }
            insist(command, index);
        }

        private void insist(Command command, int index) {
            try {
                scope().insist(command.target(), neighbours);
            } catch (Rejection rejection) {
                throw rejection.of(index);
            }
        }

        private void attachTo(UnitOfWork<?> root) {
            changeSet = ChangeSetContext.attach(root, context.origin(), mode);
            scope = new CommandScope(changeSet, preconditions);
            scope.attachTo(root);
            // Locks are released later: whoever takes them next finds the new timelines.
            root.afterCommit(_ -> takeTimelines());
        }

        /** Takes the locks of the aggregates in one order, whatever that of the commands. */
        private Map<StreamId, Aggregate<?>> lock(List<? extends Command> commands) {
            if (commands.size() == 1) {
                StreamId target = commands.getFirst().target();
                return Map.of(target, load(target.toString(), target));
            }
            TreeMap<String, StreamId> targets = new TreeMap<>();
            for (Command command : commands) {
                targets.put(command.target().toString(), command.target());
            }
            Map<StreamId, Aggregate<?>> aggregates = HashMap.newHashMap(targets.size());
            targets.forEach((stream, target) -> aggregates.put(target, load(stream, target)));
            return aggregates;
        }

        private Aggregate<?> load(String stream, StreamId target) {
            return repositories.get(target.kind()).load(stream);
        }

        private void takeTimelines() {
            CompletableFuture<Committed> outcome = changeSet().outcome();
            if (outcome == null) {
                return;
            }
            if (mode == Mode.DURABLE) {
                long recordedAt = outcome.join().recordedAt();
                scope().loaded()
                        .forEach(
                                (stream, aggregate) -> {
                                    if (aggregate.changed()) {
                                        timelines.keep(stream, aggregate.committedAt(recordedAt));
                                    }
                                });
                return;
            }
            Map<String, Timeline<?>> changed = new HashMap<>();
            scope().loaded()
                    .forEach(
                            (stream, aggregate) -> {
                                if (aggregate.changed()) {
                                    changed.put(stream, aggregate.whenCommitted());
                                }
                            });
            timelines.queue(changed, outcome);
            queued.add(scope().referenced(), scope().claimed(), outcome);
        }

        void forget() {
            timelines.forget(scope().touched());
        }

        private Recorded recorded(List<? extends Command> commands, @Nullable Committed committed) {
            Set<StreamId> targets = new LinkedHashSet<>();
            if (mode == Mode.DURABLE) {
                // Else this is the thread of the log's writer, and nobody asks.
                commands.forEach(command -> targets.add(command.target()));
            }
            List<Recorded.Entity> entities = new ArrayList<>(targets.size());
            for (StreamId target : targets) {
                String stream = target.toString();
                Integer event = changeSet().lastEvents().get(stream);
                entities.add(
                        new Recorded.Entity(
                                target,
                                scope().loaded().get(stream).timeline().nextSequenceNumber() - 1,
                                committed == null || event == null
                                        ? null
                                        : committed.firstPosition() + event));
            }
            return new Recorded(
                    changeSet().id(),
                    committed == null ? null : committed.lastPosition(),
                    committed == null ? null : committed.recordedAt(),
                    committed == null
                            ? 0
                            : (int) (committed.lastPosition() - committed.firstPosition() + 1),
                    entities);
        }
    }
}
