package dev.cadastre.query.versions.store;

/**
 * The store is of another history of the log than this process has read: another process has
 * cleared it. What this process holds of its own history must not be mixed with that.
 */
public final class StoreReplaced extends VersionStoreException {
    private static final long serialVersionUID = 1L;

    public StoreReplaced() {
        super(
                "The version store is now of another history of the log than this process has read:"
                        + " another process has begun it anew. Start this process again; it then"
                        + " follows the log that is there.",
                null);
    }
}
