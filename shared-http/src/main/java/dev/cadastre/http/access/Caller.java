package dev.cadastre.http.access;

import dev.cadastre.http.problem.ProblemException;
import dev.cadastre.http.problem.ProblemType;
import java.util.Locale;
import java.util.Set;
import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * Who sent a request, as its token says.
 *
 * @param principal opaque id of the token's holder, as recorded in events
 */
public record Caller(String principal, Set<Role> roles, Set<Right> rights) {

    /** The request attribute that holds the caller; set for every authenticated request. */
    public static final String ATTRIBUTE = Caller.class.getName();

    public Caller {
        roles = Set.copyOf(roles);
        rights = Set.copyOf(rights);
    }

    /**
     * The caller of a request.
     *
     * @throws ProblemException if nobody was authenticated
     */
    public static Caller of(ServerRequest request) {
        return request.attribute(ATTRIBUTE)
                .map(Caller.class::cast)
                .orElseThrow(
                        () ->
                                new ProblemException(
                                        ProblemType.UNAUTHENTICATED,
                                        "Send a token: Authorization: Bearer TOKEN."));
    }

    public boolean has(Role role) {
        return roles.contains(role) || roles.contains(Role.ADMINISTRATOR);
    }

    public boolean has(Right right) {
        return rights.contains(right) || roles.contains(Role.ADMINISTRATOR);
    }

    /** Refuses a caller who does not have the role. */
    public void require(Role role) {
        if (!has(role)) {
            throw new ProblemException(
                            ProblemType.FORBIDDEN,
                            "This needs a token with the role " + word(role) + ".")
                    .with("role", word(role));
        }
    }

    /** Refuses a caller who does not have the right. */
    public void require(Right right) {
        if (!has(right)) {
            throw new ProblemException(
                            ProblemType.FORBIDDEN,
                            "This needs a token with the right " + word(right) + ".")
                    .with("right", word(right));
        }
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
