package dev.cadastre.eventstore.log;

/**
 * One event as it lies in the log.
 *
 * @param position place in the whole log, from 0, without gaps
 * @param envelopeBytes exactly as hashed
 * @param salt 16 random bytes
 */
public record StoredEvent(
        long position,
        Envelope envelope,
        byte[] envelopeBytes,
        byte[] payload,
        byte[] metadata,
        byte[] salt) {}
