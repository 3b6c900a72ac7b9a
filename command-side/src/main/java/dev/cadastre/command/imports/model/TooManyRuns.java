package dev.cadastre.command.imports.model;

/** As many imports are running as the server takes at once. */
public final class TooManyRuns extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooManyRuns(int most) {
        super(most + " imports are running already. Wait until one has ended.");
    }
}
