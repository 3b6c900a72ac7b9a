package dev.cadastre.query.live.http;

import dev.cadastre.events.Microseconds;
import dev.cadastre.query.shared.list.Parameters;
import dev.cadastre.query.shared.time.CoordinateResolver;
import dev.cadastre.query.shared.time.Coordinates;

/**
 * What the id of a live message tells: the coordinates of the answer that the client then has, and
 * to which question.
 */
record LiveId(long position, long asOf, long question) {

    static final String LAST_EVENT_ID = "Last-Event-ID";

    static LiveId of(Coordinates at, long question) {
        return new LiveId(at.position(), at.asOf(), question);
    }

    /** Reads what a client sent; refuses what no message ever had. */
    static LiveId parse(String text) {
        String[] parts = text.strip().split("\\.", -1);
        try {
            if (parts.length == 3) {
                LiveId id =
                        new LiveId(
                                Long.parseLong(parts[0]),
                                Long.parseLong(parts[1]),
                                Long.parseLong(parts[2], Character.MAX_RADIX));
                if (id.position >= -1
                        && id.asOf >= Microseconds.EARLIEST
                        && id.asOf <= Microseconds.LATEST) {
                    return id;
                }
            }
        } catch (NumberFormatException e) {
            // Told below, as for one with too few parts.
        }
        throw Parameters.refused(
                LAST_EVENT_ID,
                LAST_EVENT_ID
                        + " is not the id of a message of a live query. Send it unchanged, or leave"
                        + " it out to get the whole answer.");
    }

    /** Where the client's answer held, once the view holds as much. */
    Coordinates coordinates(CoordinateResolver resolver) {
        resolver.awaitHeld(LAST_EVENT_ID, position);
        long knownAt = position < 0 ? asOf : resolver.view().recordedAt(position);
        return new Coordinates(asOf, knownAt, position, false, false);
    }

    @Override
    public String toString() {
        return position + "." + asOf + "." + Long.toString(question, Character.MAX_RADIX);
    }
}
