package dev.cadastre.eventstore.commit;

import dev.cadastre.eventstore.log.KeyRecord;
import dev.cadastre.eventstore.log.StreamHead;
import java.util.List;
import java.util.Optional;

/** What the checks in the slot ask of everything that is durable so far. */
public interface SlotLookups {

    StreamHead streamHead(String stream);

    Optional<KeyRecord> key(String text);

    /** The number of claims of a value so far. */
    int nextClaim(String value);

    /** Whether a stream has an event of these types, at or behind the sequence number. */
    boolean holdsEventFrom(String stream, List<String> types, long sequenceNumber);

    /** Position of the last event that references a stream; -1 if there is none. */
    long lastReference(String stream);
}
