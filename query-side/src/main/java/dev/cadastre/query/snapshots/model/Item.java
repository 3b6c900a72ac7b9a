package dev.cadastre.query.snapshots.model;

import dev.cadastre.query.register.kinds.RegisterKind;
import tools.jackson.databind.JsonNode;

/**
 * One thing that a snapshot shows.
 *
 * @param json its body as the API answers it; not to be changed
 * @param body the same, read
 * @param contentHash SHA-256 of its content, in hexadecimal
 */
public record Item(RegisterKind kind, byte[] json, JsonNode body, String contentHash) {

    public String id() {
        return body.path("id").asString("");
    }
}
