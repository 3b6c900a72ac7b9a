package dev.cadastre.command.imports.model;

/**
 * What a caller asks a run to be.
 *
 * @param id the run's id, a UUID
 * @param source where the file comes from; with a change's name it makes up that change's key
 * @param dryRun judge only: nothing is recorded
 * @param principal opaque id of the caller
 */
public record ImportRequest(String id, String source, boolean dryRun, String principal) {

    /** The one profile there is. */
    public static final String HISTORY = "history";
}
