package dev.cadastre.command.http;

import dev.cadastre.command.shared.Command;
import dev.cadastre.command.shared.Precondition;
import dev.cadastre.eventstore.log.Limits;
import dev.cadastre.http.limits.PercentEncoding;
import dev.cadastre.http.problem.ProblemException;
import dev.cadastre.http.problem.ProblemType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Reads a change set: {@code {"commands":[{"method","path","body","ifMatch","ifNoneMatch"}...]}},
 * each command as it would be sent alone.
 */
final class ChangeSetReader {

    static final String PATH = "/api/v1/change-sets";

    /** The largest body of a change set: 8 MiB. */
    static final int BODY_BYTES = 8 << 20;

    private static final String IF_MATCH = "ifMatch";
    private static final String IF_NONE_MATCH = "ifNoneMatch";

    private final List<Entry> entries = new ArrayList<>();

    private record Entry(PathPattern pattern, CommandRoute route) {}

    /**
     * @param preconditions what the caller insists on, by stream id
     */
    record Request(List<Command> commands, Map<String, Precondition> preconditions) {}

    ChangeSetReader(List<CommandRoute> routes) {
        for (CommandRoute route : routes) {
            entries.add(new Entry(PathPatternParser.defaultInstance.parse(route.path()), route));
        }
    }

    /**
     * @param ofHeaders what the headers insist on, which they cannot
     * @param admission refuses routes that are not for the caller, before what is sent to them is
     *     read
     */
    Request read(
            JsonObject body, @Nullable Precondition ofHeaders, Consumer<CommandRoute> admission) {
        if (ofHeaders != null) {
            throw new ProblemException(
                            ProblemType.INVALID,
                            "If-Match and If-None-Match speak of one entity. Put \"ifMatch\" or"
                                    + " \"ifNoneMatch\" into the commands.")
                    .of("If-Match");
        }
        body.onlyFields("commands");
        List<JsonObject> bodies = body.objects("commands", Limits.CHANGE_SET_EVENTS);
        if (bodies.isEmpty()) {
            throw new ProblemException(
                            ProblemType.INVALID, "A change set holds at least one command.")
                    .at("/commands");
        }
        List<Command> commands = new ArrayList<>(bodies.size());
        Map<String, Precondition> preconditions = new HashMap<>();
        for (JsonObject one : bodies) {
            Command command = read(one, admission);
            commands.add(command);
            Precondition precondition =
                    CommandHeaders.precondition(
                            one.text(IF_MATCH, 100), one.text(IF_NONE_MATCH, 100));
            if (precondition != null) {
                Precondition other =
                        preconditions.putIfAbsent(command.target().toString(), precondition);
                if (other != null && !other.equals(precondition)) {
                    throw new ProblemException(
                                    ProblemType.INVALID,
                                    "Another command insists on something else of the same thing."
                                            + " What is insisted on is what it was before all of"
                                            + " them.")
                            .at(one.at(IF_MATCH));
                }
            }
        }
        return new Request(commands, preconditions);
    }

    private Command read(JsonObject command, Consumer<CommandRoute> admission) {
        command.onlyFields("method", "path", "body", IF_MATCH, IF_NONE_MATCH);
        String method = command.requiredName("method");
        String path = command.text("path", 16_384);
        if (path == null) {
            throw new ProblemException(ProblemType.INVALID, "The field \"path\" must be there.")
                    .at(command.at("path"));
        }
        PathContainer container = parsed(command, path);
        for (Entry entry : entries) {
            if (entry.route().method().name().equals(method)) {
                PathPattern.PathMatchInfo match = entry.pattern().matchAndExtract(container);
                if (match != null) {
                    admission.accept(entry.route());
                    return entry.route()
                            .parser()
                            .parse(
                                    new PathValues(match.getUriVariables()),
                                    command.objectOrEmpty("body"));
                }
            }
        }
        throw new ProblemException(
                        ProblemType.INVALID,
                        "There is no such command. A change set takes commands about assets, CIs,"
                                + " CI classes and relation types, with the method and path they"
                                + " have alone.")
                .at(command.at("path"));
    }

    private static PathContainer parsed(JsonObject command, String path) {
        String fault = PercentEncoding.faultOf(path);
        if (fault != null) {
            throw new ProblemException(ProblemType.INVALID, fault).at(command.at("path"));
        }
        return PathContainer.parsePath(path);
    }
}
