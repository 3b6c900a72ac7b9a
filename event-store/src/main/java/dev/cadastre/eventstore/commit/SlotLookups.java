package dev.cadastre.eventstore.commit;

import dev.cadastre.eventstore.log.ChangeSet;
import dev.cadastre.eventstore.log.KeyRecord;
import dev.cadastre.eventstore.log.StreamHead;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the checks in the slot ask of everything that is durable so far. */
public interface SlotLookups {

    /**
     * Says what will be asked about, so that a store for which each question is a round trip may
     * ask for all of it at once. What it finds holds until the next call.
     *
     * @param newStreams streams that the change sets begin, as far as they are not known
     */
    default void foresee(Collection<ChangeSet> changeSets, Set<String> newStreams) {}

    /**
     * Asks for answers that are surely true from now on, or ends that. A store that guards a rule
     * by itself may otherwise answer that nothing stands in the way, and refuse the commit if
     * something does ({@link CommitStore.Insertion#BREAKS_RULE}).
     */
    default void lookClosely(boolean closely) {}

    StreamHead streamHead(String stream);

    Optional<KeyRecord> key(String text);

    /** The number of claims of a value so far. */
    int nextClaim(String value);

    /** Whether a stream has an event of these types, at or behind the sequence number. */
    boolean holdsEventFrom(String stream, List<String> types, long sequenceNumber);

    /** Position of the last event that references a stream; -1 if there is none. */
    long lastReference(String stream);
}
