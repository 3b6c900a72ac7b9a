package dev.cadastre.query.versions.store;

import org.jspecify.annotations.Nullable;

/**
 * What is current of one entity.
 *
 * @param json its body as the API reads it, which may say that it is absent; null if nothing holds
 *     of it yet. Not to be changed
 */
public record CurrentRow(CurrentTable table, String id, byte @Nullable [] json) {}
