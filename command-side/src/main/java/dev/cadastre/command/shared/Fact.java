package dev.cadastre.command.shared;

import dev.cadastre.events.Event;
import dev.cadastre.events.json.EventJson;
import java.util.Comparator;

/**
 * An event in its stream.
 *
 * @param effectiveAt microseconds since 1970: when it became true
 */
public record Fact(long sequenceNumber, long effectiveAt, Event event) {

    /** The order in which facts count. */
    public static final Comparator<Fact> VALID_TIME_ORDER =
            Comparator.comparingLong(Fact::effectiveAt).thenComparingLong(Fact::sequenceNumber);

    /** How a rejection names a fact. */
    public record Name(long sequenceNumber, long effectiveAt, String type) {}

    public Name name() {
        return new Name(sequenceNumber, effectiveAt, EventJson.typeOf(event).name());
    }
}
