package dev.cadastre.http.access;

import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * Whether the token of a request still opens the server: for answers that go on long after the
 * request was let in. Thread-safe; as cheap as a request's own check.
 */
public final class TokenCheck {

    /** The request attribute that holds the check; set for every authenticated request. */
    static final String ATTRIBUTE = TokenCheck.class.getName();

    private final TokenStore tokens;
    private final String token;
    private final Caller caller;

    TokenCheck(TokenStore tokens, String token, Caller caller) {
        this.tokens = tokens;
        this.token = token;
        this.caller = caller;
    }

    /**
     * The check of a request.
     *
     * @throws dev.cadastre.http.problem.ProblemException if nobody was authenticated
     */
    public static TokenCheck of(ServerRequest request) {
        Caller.of(request);
        return (TokenCheck) request.attribute(ATTRIBUTE).orElseThrow();
    }

    /**
     * False once the token was revoked, by whichever process, or stands for another caller; told
     * within about a second.
     */
    public boolean stillHolds() {
        return tokens.caller(token).filter(caller::equals).isPresent();
    }
}
