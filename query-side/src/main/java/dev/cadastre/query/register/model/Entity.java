package dev.cadastre.query.register.model;

import java.util.function.Supplier;

/**
 * One entity at coordinates.
 *
 * @param sequenceNumber of the last event of its stream that is known there
 * @param version number of the version that holds there
 * @param content reads the body
 */
public record Entity(String id, long sequenceNumber, int version, Supplier<byte[]> content) {

    /** As the API reads it; not to be changed. */
    public byte[] body() {
        return content.get();
    }
}
