package dev.cadastre.query.versions.store;

/**
 * Where the query side keeps what it does not keep in the heap. Whoever takes a store closes it.
 */
public interface QueryStores extends AutoCloseable {

    VersionStore versions();

    CurrentStore current();

    /** Lets go of what the stores have in common; to be called after they are closed. */
    @Override
    void close();
}
