package dev.cadastre.query.register.bodies;

import dev.cadastre.query.register.fold.BodyJson;
import dev.cadastre.query.register.fold.StateVersion;
import dev.cadastre.query.versions.store.Body;
import dev.cadastre.query.versions.store.BodyKey;

/** A version whose body is not yet in the version store. */
public record PendingBody(String id, StateVersion version) {

    public BodyKey key() {
        return new BodyKey(version.position(), version.number());
    }

    public Body body() {
        return new Body(id, key(), BodyJson.write(id, version));
    }
}
