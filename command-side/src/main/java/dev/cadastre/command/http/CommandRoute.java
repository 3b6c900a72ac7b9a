package dev.cadastre.command.http;

import dev.cadastre.command.shared.Command;
import dev.cadastre.eventstore.log.StoredEvent;
import dev.cadastre.http.access.Right;
import dev.cadastre.http.access.Role;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;

/**
 * One command of the API, sent by itself or within a change set.
 *
 * @param path pattern of the path, for example {@code /api/v1/cis/{id}}
 * @param role needed to send it
 * @param right needed besides the role, or null
 * @param collection of the addresses of what it registers, for example {@code /api/v1/cis/}, or
 *     null if it registers nothing
 * @param telling what the answer says besides where the command was recorded
 */
public record CommandRoute(
        HttpMethod method,
        String path,
        Role role,
        @Nullable Right right,
        @Nullable String collection,
        Parser parser,
        Telling telling) {

    /** Says more of what was recorded than where. */
    @FunctionalInterface
    public interface Telling {

        Telling NOTHING = _ -> Map.of();

        /** Members of the answer, from the last event of the thing commanded. */
        Map<String, Object> of(StoredEvent last);
    }

    /** Reads a command. */
    @FunctionalInterface
    public interface Parser {

        /**
         * Reads a command from its path and body.
         *
         * @throws dev.cadastre.http.problem.ProblemException if something is malformed
         */
        Command parse(PathValues path, JsonObject body);
    }

    /** A command that changes something registered or defined. */
    public static CommandRoute of(HttpMethod method, String path, Parser parser) {
        return new CommandRoute(method, path, Role.OPERATOR, null, null, parser, Telling.NOTHING);
    }

    /** A command that registers something; it is answered with 201 and the address. */
    public static CommandRoute registering(String collection, Parser parser) {
        return new CommandRoute(
                HttpMethod.POST,
                collection,
                Role.OPERATOR,
                null,
                collection + "/",
                parser,
                Telling.NOTHING);
    }

    /** A command that needs a right besides the role. */
    public static CommandRoute withRight(
            Right right, HttpMethod method, String path, Parser parser) {
        return new CommandRoute(method, path, Role.OPERATOR, right, null, parser, Telling.NOTHING);
    }

    /** The same command, for callers with another role only. */
    public CommandRoute forRole(Role other) {
        return new CommandRoute(method, path, other, right, collection, parser, telling);
    }

    /** The same command, whose answer says more. */
    public CommandRoute telling(Telling more) {
        return new CommandRoute(method, path, role, right, collection, parser, more);
    }
}
