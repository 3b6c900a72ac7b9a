package dev.cadastre.http.access;

import java.util.List;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/** A token as a request brought it, not yet looked up. */
final class PresentedToken extends AbstractAuthenticationToken {
    private static final long serialVersionUID = 1L;

    private final String text;

    PresentedToken(String text) {
        super(List.of());
        this.text = text;
    }

    @Override
    public String getCredentials() {
        return text;
    }

    @Override
    public String getPrincipal() {
        return "unknown";
    }
}
