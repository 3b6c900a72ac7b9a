package dev.cadastre.query.register.current;

import java.util.Locale;

/** Which process keeps the current register up to date. */
public enum Keeper {
    /** The one that is asked. */
    THIS,
    ANOTHER,
    NONE,
    /** The one that is asked cannot tell, for it has just been started, or its store is away. */
    UNKNOWN;

    /** What it is called in health and metrics. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
