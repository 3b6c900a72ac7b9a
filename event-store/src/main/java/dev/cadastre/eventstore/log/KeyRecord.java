package dev.cadastre.eventstore.log;

/**
 * What the log remembers of an idempotency key.
 *
 * @param digest SHA-256 of the request it stood for
 * @param lastPosition position of the last event of its change set
 */
public record KeyRecord(String text, byte[] digest, long lastPosition) {}
