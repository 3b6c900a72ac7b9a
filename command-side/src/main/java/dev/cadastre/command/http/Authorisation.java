package dev.cadastre.command.http;

import dev.cadastre.command.shared.Command;
import dev.cadastre.events.Microseconds;
import dev.cadastre.http.access.Caller;
import dev.cadastre.http.access.Right;
import dev.cadastre.http.access.Role;
import dev.cadastre.http.problem.ProblemException;
import dev.cadastre.http.problem.ProblemType;
import java.time.Clock;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.ServerRequest;

/** Who may send which command. */
final class Authorisation {

    private final Clock clock;

    Authorisation(Clock clock) {
        this.clock = clock;
    }

    /** The caller, who must be an operator. */
    static Caller operator(ServerRequest request) {
        Caller caller =
                (Caller)
                        request.attribute(Caller.ATTRIBUTE)
                                .orElseThrow(
                                        () ->
                                                new ProblemException(
                                                        ProblemType.UNAUTHENTICATED,
                                                        "Send a token: Authorization: Bearer"
                                                                + " <token>."));
        if (!caller.has(Role.OPERATOR)) {
            throw forbidden("Commands need the role operator.");
        }
        return caller;
    }

    /** Who asks: the caller, unless an importer names another. */
    static String actor(Caller caller, @Nullable String named) {
        if (named == null || named.equals(caller.principal())) {
            return caller.principal();
        }
        if (!caller.has(Role.IMPORTER)) {
            throw forbidden("Only the role importer may name another actor than itself.");
        }
        return named;
    }

    /** Checks the role and the right that a route asks for, whatever is sent to it. */
    static void admit(Caller caller, CommandRoute route) {
        caller.require(route.role());
        Right right = route.right();
        if (right != null && !caller.has(right)) {
            throw forbidden("This needs the right " + right.name().toLowerCase(Locale.ROOT) + ".");
        }
    }

    /** Checks the right that the command itself asks for besides. */
    void check(Caller caller, @Nullable Long effectiveAt, Command command) {
        long earliest =
                Math.min(
                        effectiveAt == null ? Long.MAX_VALUE : effectiveAt,
                        command.earliestEffectiveAt());
        if (earliest < Microseconds.ofClock(clock.instant()) && !caller.has(Right.BACKDATE)) {
            throw forbidden("Facts effective before now need the right backdate.");
        }
    }

    private static ProblemException forbidden(String detail) {
        return new ProblemException(ProblemType.FORBIDDEN, detail);
    }
}
