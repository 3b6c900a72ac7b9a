package dev.cadastre.command.http;

import dev.cadastre.command.shared.Command;
import dev.cadastre.eventstore.log.Limits;
import dev.cadastre.http.limits.PercentEncoding;
import dev.cadastre.http.problem.ProblemException;
import dev.cadastre.http.problem.ProblemType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Reads a change set: {@code {"commands":[{"method","path","body","ifMatch"}...]}}, each command as
 * it would be sent alone.
 */
final class ChangeSetReader {

    static final String PATH = "/api/v1/change-sets";

    /** The largest body of a change set: 8 MiB. */
    static final int BODY_BYTES = 8 << 20;

    private final List<Entry> entries = new ArrayList<>();

    private record Entry(PathPattern pattern, CommandRoute route) {}

    /** A command and the route it would have taken alone. */
    record Part(CommandRoute route, Command command) {}

    /**
     * @param pinned sequence numbers that the caller insists on, by stream id
     */
    record Request(List<Part> parts, Map<String, Long> pinned) {
        List<Command> commands() {
            return parts.stream().map(Part::command).toList();
        }
    }

    ChangeSetReader(List<CommandRoute> routes) {
        for (CommandRoute route : routes) {
            entries.add(new Entry(PathPatternParser.defaultInstance.parse(route.path()), route));
        }
    }

    Request read(JsonObject body, @Nullable Long ifMatch) {
        if (ifMatch != null) {
            throw new ProblemException(
                            ProblemType.INVALID,
                            "If-Match speaks of one entity. Put \"ifMatch\" into the commands.")
                    .of("If-Match");
        }
        body.onlyFields("commands");
        List<JsonObject> commands = body.objects("commands", Limits.CHANGE_SET_EVENTS);
        if (commands.isEmpty()) {
            throw new ProblemException(
                            ProblemType.INVALID, "A change set holds at least one command.")
                    .at("/commands");
        }
        List<Part> parts = new ArrayList<>(commands.size());
        Map<String, Long> pinned = new HashMap<>();
        for (JsonObject command : commands) {
            Part part = read(command);
            parts.add(part);
            String tag = command.text("ifMatch", 100);
            if (tag != null) {
                pinned.putIfAbsent(part.command().target().toString(), CommandHeaders.tag(tag));
            }
        }
        return new Request(parts, pinned);
    }

    private Part read(JsonObject command) {
        command.onlyFields("method", "path", "body", "ifMatch");
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
                    return new Part(
                            entry.route(),
                            entry.route()
                                    .parser()
                                    .parse(
                                            new PathValues(match.getUriVariables()),
                                            command.objectOrEmpty("body")));
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
