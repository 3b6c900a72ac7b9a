package dev.cadastre.query.replay.model;

import dev.cadastre.query.register.kinds.RegisterKind;

/**
 * An event whose own instant a replay comes by.
 *
 * @param first whether it is the first of its entity and instant
 * @param alone whether it is the only one of its entity and instant, so that nothing takes it back
 */
record Turn(
        RegisterKind kind, int entity, long instant, long position, boolean first, boolean alone) {}
