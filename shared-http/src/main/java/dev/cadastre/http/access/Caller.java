package dev.cadastre.http.access;

import java.util.Set;

/**
 * Who sent a request, as its token says.
 *
 * @param principal opaque id of the token's holder, as recorded in events
 */
public record Caller(String principal, Set<Role> roles, Set<Right> rights) {

    /** The request attribute that holds the caller; set for every authenticated request. */
    public static final String ATTRIBUTE = Caller.class.getName();

    public boolean has(Role role) {
        return roles.contains(role) || roles.contains(Role.ADMINISTRATOR);
    }

    public boolean has(Right right) {
        return rights.contains(right) || roles.contains(Role.ADMINISTRATOR);
    }
}
