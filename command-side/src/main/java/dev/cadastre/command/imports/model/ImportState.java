package dev.cadastre.command.imports.model;

/** Where a run stands. */
public enum ImportState {
    /** The file is being read. */
    RUNNING("running"),
    /** The whole file was read; changes may have been refused. */
    COMPLETED("completed"),
    /** The file could not be read to its end; what was recorded before stays. */
    ENDED_EARLY("ended-early"),
    /** The server stopped while the run was going on; what was recorded before stays. */
    INTERRUPTED("interrupted");

    private final String word;

    ImportState(String word) {
        this.word = word;
    }

    /** How the API spells it. */
    public String word() {
        return word;
    }
}
