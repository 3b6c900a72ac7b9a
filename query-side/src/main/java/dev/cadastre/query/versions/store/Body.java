package dev.cadastre.query.versions.store;

/**
 * The body of one version.
 *
 * @param entity whose version it is: bodies of one entity resemble each other, of which a store may
 *     make use
 * @param json as the API reads it, UTF-8; not to be changed
 */
public record Body(String entity, BodyKey key, byte[] json) {}
