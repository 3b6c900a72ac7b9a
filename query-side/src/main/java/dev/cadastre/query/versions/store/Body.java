package dev.cadastre.query.versions.store;

/**
 * The body of one version.
 *
 * @param json as the API reads it, UTF-8; not to be changed
 */
public record Body(BodyKey key, byte[] json) {}
