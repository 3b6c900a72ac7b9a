package dev.cadastre.http.access;

import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** The caller whose token was found. */
final class KnownCaller extends AbstractAuthenticationToken {
    private static final long serialVersionUID = 1L;

    private final transient Caller caller;
    private final transient TokenCheck check;

    KnownCaller(Caller caller, TokenCheck check) {
        super(
                caller.roles().stream()
                        .map(role -> new SimpleGrantedAuthority(role.name()))
                        .toList());
        this.caller = caller;
        this.check = check;
        setAuthenticated(true);
    }

    TokenCheck check() {
        return check;
    }

    @Override
    public String getCredentials() {
        return "";
    }

    @Override
    public Caller getPrincipal() {
        return caller;
    }
}
