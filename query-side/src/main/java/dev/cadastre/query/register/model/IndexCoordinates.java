package dev.cadastre.query.register.model;

import dev.cadastre.query.temporal.Coordinates;

/** The coordinates of an answer as the temporal index takes them. */
final class IndexCoordinates {

    private IndexCoordinates() {}

    static Coordinates of(dev.cadastre.query.shared.time.Coordinates at) {
        return new Coordinates(at.asOf(), Math.toIntExact(at.position()));
    }
}
