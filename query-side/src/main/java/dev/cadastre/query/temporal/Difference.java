package dev.cadastre.query.temporal;

import org.jspecify.annotations.Nullable;

/** An entity whose version is not the same at two coordinates; null where it has none. */
public record Difference(int entity, @Nullable Version from, @Nullable Version to) {}
