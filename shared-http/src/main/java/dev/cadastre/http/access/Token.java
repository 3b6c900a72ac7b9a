package dev.cadastre.http.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a token: never its text, only the SHA-256 of it.
 *
 * @param id names the token on the command line
 * @param sha256 of the token's text, hexadecimal
 * @param label for people; stays outside the log
 * @param principal opaque id that events record
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Token(
        String id,
        String sha256,
        String label,
        String principal,
        Set<Role> roles,
        Set<Right> rights,
        Instant createdAt,
        @Nullable Instant revokedAt) {

    public Token {
        roles = Set.copyOf(roles);
        rights = Set.copyOf(rights);
    }

    Token revoked(Instant at) {
        return new Token(id, sha256, label, principal, roles, rights, createdAt, at);
    }

    Caller caller() {
        return new Caller(principal, roles, rights);
    }
}
