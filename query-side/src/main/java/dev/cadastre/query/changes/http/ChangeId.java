package dev.cadastre.query.changes.http;

import dev.cadastre.eventstore.log.StoredEvent;
import dev.cadastre.http.problem.ProblemException;
import dev.cadastre.http.problem.ProblemType;
import dev.cadastre.query.changes.model.Changes;
import dev.cadastre.query.shared.time.CoordinateResolver;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/** What names a change set in a path: its id, or the position of any of its events. */
final class ChangeId {

    private static final String POSITION = "position:";
    private static final Pattern UUID_TEXT =
            Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

    private ChangeId() {}

    /** The path of the change set that holds a position. */
    static String path(String root, long position) {
        return root + "/" + POSITION + position;
    }

    /**
     * The events of the change set that is named.
     *
     * @throws ProblemException if there is none
     */
    static List<StoredEvent> find(String id, Changes changes, CoordinateResolver resolver) {
        if (UUID_TEXT.matcher(id).matches()) {
            return changes.find(UUID.fromString(id))
                    .orElseThrow(
                            () ->
                                    absent(
                                            id,
                                            "No change set has this id among the "
                                                    + Changes.EVENTS_OF_A_SEARCH
                                                    + " events that were recorded nearest to its"
                                                    + " time. Whoever knows a position of it asks"
                                                    + " for position:N."));
        }
        String number = id.startsWith(POSITION) ? id.substring(POSITION.length()) : "";
        if (!NUMBER.matcher(number).matches()) {
            throw absent(
                    id, "A change set is named by its id, a UUID, or by position:N, a position.");
        }
        long position = Long.parseLong(number);
        long last = resolver.view().lastPositionOfLog();
        if (position > last) {
            throw absent(
                            id,
                            "Position "
                                    + position
                                    + " lies behind the end of the log, whose last position is "
                                    + last
                                    + ".")
                    .with("lastPosition", last);
        }
        resolver.awaitHeld("id", position);
        return changes.at(position);
    }

    private static ProblemException absent(String id, String detail) {
        return new ProblemException(ProblemType.NOT_FOUND, detail).with("id", id);
    }
}
