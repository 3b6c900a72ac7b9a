package dev.cadastre.command.imports.model;

/** Another import of the same source is going on, and runs of one source go one after the other. */
public final class SourceBusy extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SourceBusy(String source) {
        super(
                "Another import of the source \""
                        + source
                        + "\" is still running. Send the file again when it has ended.");
    }
}
