package dev.cadastre.standalone.answers;

import java.util.Locale;

/** What the register holds. */
public enum Kind {
    CIS("ci"),
    ASSETS("asset");

    private final String word;

    Kind(String word) {
        this.word = word;
    }

    /** The word for one of them in parameters and answers. */
    public String word() {
        return word;
    }

    /** As it is written in paths and on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
