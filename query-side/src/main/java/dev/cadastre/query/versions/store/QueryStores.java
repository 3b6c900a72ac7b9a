package dev.cadastre.query.versions.store;

/**
 * Where the query side keeps what it does not keep in the heap. Whoever takes a store closes it.
 */
public interface QueryStores {

    VersionStore versions();

    CurrentStore current();
}
