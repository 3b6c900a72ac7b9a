package dev.cadastre.http.access;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The tokens that open this server. They lie in a file of the trust directory, outside the log and
 * outside the data directory; what another process changes there holds within a second.
 */
public final class TokenStore {

    private static final long LOOK_AGAIN = Duration.ofSeconds(1).toNanos();

    private final TokenFile file;
    private final Clock clock;
    private volatile Known known;

    private TokenStore(TokenFile file, Clock clock) {
        this.file = file;
        this.clock = clock;
        this.known = load();
    }

    /** Opens the store of a trust directory, which need not exist yet. */
    public static TokenStore open(Path trustDirectory, Clock clock) {
        return new TokenStore(new TokenFile(trustDirectory), clock);
    }

    /**
     * A token just made.
     *
     * @param text shown once, here; the store keeps only its hash
     */
    public record Created(String text, Token token) {}

    /**
     * Makes a token.
     *
     * @param label for people
     * @param principal opaque id for events, or null: one is made up
     */
    public Created create(
            String label, @Nullable String principal, Set<Role> roles, Set<Right> rights) {
        String text = TokenText.token();
        return new Created(text, add(text, label, principal, roles, rights));
    }

    /** Takes a token whose text somebody else chose; does nothing if it is known. */
    Token add(
            String text,
            String label,
            @Nullable String principal,
            Set<Role> roles,
            Set<Right> rights) {
        String id = TokenText.id();
        Token token =
                new Token(
                        id,
                        TokenText.sha256(text),
                        label,
                        principal == null ? "token-" + id : principal,
                        roles,
                        rights,
                        now(),
                        null);
        file.change(
                tokens -> {
                    List<Token> changed = new ArrayList<>(tokens);
                    changed.removeIf(other -> other.sha256().equals(token.sha256()));
                    changed.add(token);
                    return changed;
                });
        known = load();
        return token;
    }

    /** Revokes a token by its id; false if there is none that still holds. */
    public boolean revoke(String id) {
        AtomicBoolean found = new AtomicBoolean();
        Instant now = now();
        file.change(
                tokens -> {
                    List<Token> changed = new ArrayList<>(tokens);
                    changed.replaceAll(
                            token -> {
                                if (!token.id().equals(id) || token.revokedAt() != null) {
                                    return token;
                                }
                                found.set(true);
                                return token.revoked(now);
                            });
                    return changed;
                });
        known = load();
        return found.get();
    }

    /** All tokens, the revoked ones too, oldest first. */
    public List<Token> list() {
        return file.read();
    }

    /** Who holds this token, if it is known and not revoked. */
    public Optional<Caller> caller(String text) {
        Known current = known;
        if (System.nanoTime() - current.lookedAt() > LOOK_AGAIN) {
            current = current.stamp().equals(file.stamp()) ? current.lookedNow() : load();
            known = current;
        }
        return Optional.ofNullable(current.callers().get(TokenText.sha256(text)));
    }

    private Known load() {
        TokenFile.Stamp stamp = file.stamp();
        Map<String, Caller> callers = new HashMap<>();
        for (Token token : file.read()) {
            if (token.revokedAt() == null) {
                callers.put(token.sha256(), token.caller());
            }
        }
        return new Known(stamp, Map.copyOf(callers), System.nanoTime());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    private record Known(TokenFile.Stamp stamp, Map<String, Caller> callers, long lookedAt) {
        Known lookedNow() {
            return new Known(stamp, callers, System.nanoTime());
        }
    }
}
