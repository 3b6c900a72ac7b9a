package dev.cadastre.eventstore.log;

/**
 * The end of the durable log.
 *
 * @param size number of events; the next position
 * @param lastCommit position of the last commit's first event; -1 in an empty log
 * @param recordedAt of the last commit, microseconds since 1970; {@link Long#MIN_VALUE} in an empty
 *     log
 * @param commitHash hash of the last commit; 32 zero bytes in an empty log
 * @param root RFC 6962 root over all envelopes
 */
public record LogHead(
        long size, long lastCommit, long recordedAt, byte[] commitHash, byte[] root) {}
