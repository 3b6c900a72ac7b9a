package dev.cadastre.query.versions.store;

/** There is no body where the index says there is one: the store is to be rebuilt from the log. */
public final class MissingBody extends VersionStoreException {
    private static final long serialVersionUID = 1L;

    private final transient BodyKey key;

    public MissingBody(BodyKey key) {
        super(
                "The version store has no body of version "
                        + key.version()
                        + " created at position "
                        + key.position()
                        + ". Stop the server, delete versions.sqlite and start it again: the"
                        + " bodies are rebuilt from the log.",
                null);
        this.key = key;
    }

    public BodyKey key() {
        return key;
    }
}
