package dev.cadastre.command.imports.model;

import dev.cadastre.command.cis.model.CiCommand.ChangeCi;
import dev.cadastre.command.cis.model.CiCommand.RegisterCi;
import dev.cadastre.command.cis.model.CiCommand.RemoveCi;
import dev.cadastre.command.cis.model.ConfigurationItem;
import dev.cadastre.command.model.model.DefineCiClass;
import dev.cadastre.command.model.model.DefineRelationType;
import dev.cadastre.command.people.model.PersonRegistry;
import dev.cadastre.command.people.model.PersonRegistry.ExternalPerson;
import dev.cadastre.command.shared.Command;
import dev.cadastre.command.shared.CommandContext;
import dev.cadastre.command.shared.Commands;
import dev.cadastre.command.shared.Recorded;
import dev.cadastre.command.shared.Rejection;
import dev.cadastre.command.shared.Timelines;
import dev.cadastre.events.StreamId;
import dev.cadastre.events.ci.Relation;
import dev.cadastre.events.model.ModelEvent.CiClassDefined;
import dev.cadastre.events.model.ModelEvent.RelationTypeDefined;
import dev.cadastre.eventstore.log.ChangeSet;
import dev.cadastre.eventstore.log.Limits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * Turns the lines of a change into the same commands that people send. What the change needs and
 * the register does not know yet comes first: its author, the classes and the relation types.
 */
final class CommandRecorder implements ChangeRecorder {

    private static final CiClassDefined UNTYPED = new CiClassDefined(null, Map.of());
    private static final RelationTypeDefined PLAIN = new RelationTypeDefined(null, null, false);

    private final Commands commands;
    private final Timelines timelines;
    private final PersonRegistry people;
    private final ImportRequest request;

    CommandRecorder(
            Commands commands, Timelines timelines, PersonRegistry people, ImportRequest request) {
        this.commands = commands;
        this.timelines = timelines;
        this.people = people;
        this.request = request;
    }

    @Override
    public CompletableFuture<Recorded> queue(HistoryChange change, ChangeSet.Key key)
            throws RefusedChange {
        checkClasses(change.lines());
        ExternalPerson author = people.personFor(change.lines().getFirst().by());
        CommandContext context = context(change, author, key);
        List<Command> definitions = definitions(change, author, context);
        try {
            return commands.queue(context, followedByLines(definitions, change));
        } catch (Rejection e) {
            throw refused(change, e, definitions.size());
        }
    }

    @Override
    public Recorded handle(HistoryChange change, ChangeSet.Key key) throws RefusedChange {
        checkClasses(change.lines());
        ExternalPerson author = people.personFor(change.lines().getFirst().by());
        CommandContext context = context(change, author, key);
        List<Command> definitions = definitions(change, author, context);
        try {
            return commands.handle(context, followedByLines(definitions, change), Map.of());
        } catch (Rejection e) {
            throw refused(change, e, definitions.size());
        }
    }

    private CommandContext context(HistoryChange change, ExternalPerson author, ChangeSet.Key key) {
        HistoryLine first = change.lines().getFirst();
        return CommandContext.of(request.principal(), request.source())
                .by(author.id())
                .effectiveAt(first.at())
                .because(first.reason(), change.name())
                .under(key);
    }

    /**
     * What must come before the lines. A change of as many lines as a change set can hold leaves no
     * room for it: then it is recorded on its own.
     */
    private List<Command> definitions(
            HistoryChange change, ExternalPerson author, CommandContext context) {
        List<Command> definitions = new ArrayList<>(4);
        author.registration().ifPresent(definitions::add);
        definitions.addAll(missingDefinitions(change.lines()));
        if (definitions.size() + change.lines().size() > Limits.CHANGE_SET_EVENTS) {
            commands.handle(context.under(null), definitions, Map.of());
            return List.of();
        }
        return definitions;
    }

    private static List<Command> followedByLines(List<Command> definitions, HistoryChange change) {
        List<Command> all = new ArrayList<>(definitions.size() + change.lines().size());
        all.addAll(definitions);
        for (HistoryLine line : change.lines()) {
            all.add(command(line));
        }
        return all;
    }

    /** A line that names the class of a CI that is there already must name the right one. */
    private void checkClasses(List<HistoryLine> lines) throws RefusedChange {
        Map<String, String> registeredHere = new HashMap<>();
        for (HistoryLine line : lines) {
            String named = line.ciClass();
            if (named == null) {
                continue;
            }
            if (line.operation() == HistoryLine.Operation.REGISTER) {
                registeredHere.put(line.ci(), named);
                continue;
            }
            String known = registeredHere.get(line.ci());
            if (known == null) {
                known = ConfigurationItem.classOf(timelines.of(StreamId.ci(line.ci()).toString()));
            }
            if (known != null && !known.equals(named)) {
                throw new RefusedChange(
                        new Refusal(
                                line.line(),
                                line.ci(),
                                "Line %d: CI %s is of class %s, not %s."
                                        .formatted(line.line(), line.ci(), known, named)));
            }
        }
    }

    private static RefusedChange refused(HistoryChange change, Rejection why, int definitions) {
        int index = Math.max(0, why.command() - definitions);
        HistoryLine line = change.lines().get(index);
        return new RefusedChange(
                new Refusal(
                        line.line(), line.ci(), "Line " + line.line() + ": " + why.getMessage()));
    }

    private List<Command> missingDefinitions(List<HistoryLine> lines) {
        Map<StreamId, Command> missing = new LinkedHashMap<>(4);
        for (HistoryLine line : lines) {
            if (line.operation() == HistoryLine.Operation.REGISTER && line.ciClass() != null) {
                StreamId ciClass = StreamId.ciClass(line.ciClass());
                if (isUndefined(ciClass)) {
                    missing.putIfAbsent(ciClass, new DefineCiClass(line.ciClass(), UNTYPED));
                }
            }
            for (Relation relation : line.relationsAdded()) {
                StreamId type = StreamId.relationType(relation.type());
                if (isUndefined(type)) {
                    missing.putIfAbsent(type, new DefineRelationType(relation.type(), PLAIN));
                }
            }
        }
        return List.copyOf(missing.values());
    }

    private boolean isUndefined(StreamId definition) {
        return !timelines.of(definition.toString()).last().present();
    }

    private static Command command(HistoryLine line) {
        return switch (line.operation()) {
            case REGISTER ->
                    new RegisterCi(
                            line.ci(),
                            Objects.requireNonNull(line.ciClass()),
                            null,
                            null,
                            null,
                            line.set(),
                            line.relationsAdded());
            case UPDATE ->
                    new ChangeCi(
                            line.ci(),
                            line.set(),
                            line.unset(),
                            line.relationsAdded(),
                            line.relationsRemoved());
            case REMOVE -> new RemoveCi(line.ci());
        };
    }
}
