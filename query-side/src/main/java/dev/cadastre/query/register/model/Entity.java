package dev.cadastre.query.register.model;

/**
 * One entity at coordinates.
 *
 * @param sequenceNumber of the last event of its stream that is known there
 * @param version number of the version that holds there
 * @param body as the API reads it; not to be changed
 */
public record Entity(String id, long sequenceNumber, int version, byte[] body) {}
