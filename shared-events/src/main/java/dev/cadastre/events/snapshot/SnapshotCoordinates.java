package dev.cadastre.events.snapshot;

import java.time.Instant;

/**
 * Where on the two time axes a snapshot lies, once and for all.
 *
 * @param asOf the instant whose state it shows
 * @param knownAt by when what counts had been recorded
 * @param position of the last event that counts, the last of its change set; -1 for none
 * @param treeSize how many events the log held after the commit with that position: at least {@code
 *     position + 1}, more where the commit holds further change sets
 * @param root RFC 6962 root over that many events, in hexadecimal
 */
public record SnapshotCoordinates(
        Instant asOf, Instant knownAt, long position, long treeSize, String root) {}
