package dev.cadastre.query.versions.store;

/** There is no body where the index says there is one: the store is to be rebuilt from the log. */
public final class MissingBody extends VersionStoreException {
    private static final long serialVersionUID = 1L;

    private final transient BodyKey key;

    /**
     * @param remedy what an operator does so that this store is rebuilt, as a sentence
     */
    public MissingBody(BodyKey key, String remedy) {
        super(
                "The version store has no body of version "
                        + key.version()
                        + " created at position "
                        + key.position()
                        + ". "
                        + remedy,
                null);
        this.key = key;
    }

    public BodyKey key() {
        return key;
    }
}
