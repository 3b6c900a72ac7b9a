package dev.cadastre.command.imports.model;

/** There is an import with the id that a caller chose for a new one. */
public final class RunIdTaken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RunIdTaken(String id) {
        super("There is an import " + id + " already. Choose another id, or none.");
    }
}
