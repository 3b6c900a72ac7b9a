package dev.cadastre.eventstore.log;

import java.util.List;
import java.util.UUID;

/**
 * One or more whole change sets, made durable at once.
 *
 * @param position position of the first event: the size of the log before it
 * @param previous hash of the commit before it; 32 zero bytes for the first
 * @param root RFC 6962 root after this commit
 * @param recordedAt microseconds since 1970; strictly increasing from commit to commit
 * @param id settles unknown outcomes
 * @param epoch which writer wrote it, for forensics
 */
public record Commit(
        long position,
        byte[] previous,
        byte[] root,
        long recordedAt,
        UUID id,
        long epoch,
        List<StoredEvent> events) {

    public Commit {
        events = List.copyOf(events);
    }

    /** The position of the commit's last event. */
    public long lastPosition() {
        return position + events.size() - 1;
    }
}
