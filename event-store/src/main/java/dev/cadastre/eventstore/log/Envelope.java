package dev.cadastre.eventstore.log;

import java.util.UUID;

/**
 * What the log vouches for of one event; its stored bytes are the leaf of the Merkle tree. Format:
 * {@code docs/formats/envelope.md}.
 *
 * @param recordedAt microseconds since 1970
 * @param effectiveAt microseconds since 1970
 * @param payloadDigest SHA-256 over salt and payload as stored
 * @param metadataDigest SHA-256 over salt and metadata as stored
 */
public record Envelope(
        UUID id,
        String type,
        int revision,
        String stream,
        long sequenceNumber,
        long recordedAt,
        long effectiveAt,
        String principal,
        String actor,
        UUID changeSet,
        String source,
        byte[] payloadDigest,
        byte[] metadataDigest) {}
