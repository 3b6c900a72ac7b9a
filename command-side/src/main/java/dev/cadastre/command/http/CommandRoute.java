package dev.cadastre.command.http;

import dev.cadastre.command.shared.Command;
import dev.cadastre.http.access.Right;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;

/**
 * One command of the API, sent by itself or within a change set.
 *
 * @param path pattern of the path, for example {@code /api/v1/cis/{id}}
 * @param right needed besides the role, or null
 * @param collection of the addresses of what it registers, for example {@code /api/v1/cis/}, or
 *     null if it registers nothing
 */
public record CommandRoute(
        HttpMethod method,
        String path,
        @Nullable Right right,
        @Nullable String collection,
        Parser parser) {

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
        return new CommandRoute(method, path, null, null, parser);
    }

    /** A command that registers something; it is answered with 201 and the address. */
    public static CommandRoute registering(String collection, Parser parser) {
        return new CommandRoute(HttpMethod.POST, collection, null, collection + "/", parser);
    }

    /** A command that needs a right besides the role. */
    public static CommandRoute withRight(
            Right right, HttpMethod method, String path, Parser parser) {
        return new CommandRoute(method, path, right, null, parser);
    }
}
