package dev.cadastre.query.changes.http;

import dev.cadastre.events.StreamId;
import dev.cadastre.http.problem.ProblemException;
import dev.cadastre.http.problem.ProblemType;
import dev.cadastre.query.changes.model.ChangeSelection;
import dev.cadastre.query.changes.model.Direction;
import dev.cadastre.query.shared.facts.StreamKinds;
import dev.cadastre.query.shared.http.Query;
import dev.cadastre.query.shared.http.RowStream;
import dev.cadastre.query.shared.http.RowWindow;
import dev.cadastre.query.shared.list.Parameters;
import dev.cadastre.query.shared.time.CoordinateResolver;
import dev.cadastre.query.shared.time.CoordinateResolver.Knowledge;
import dev.cadastre.query.shared.time.Coordinates;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which change sets are asked for.
 *
 * @param place where the first page begins, as {@link
 *     dev.cadastre.query.changes.model.Changes#page} takes it
 * @param at coordinates of the first page; their position is the bound
 */
record ChangeRequest(Direction direction, long place, Coordinates at, ChangeSelection selection) {

    private static final String BEFORE = "before";
    private static final String AFTER = "after";
    private static final String CHANGE = "change";
    private static final String ACTOR = "actor";
    private static final String PRINCIPAL = "principal";
    private static final String SOURCE = "source";
    private static final String KIND = "kind";
    private static final String ENTITY = "entity";
    private static final String UNPLANNED = "unplanned";

    /** The events of so many things are read at once. */
    private static final int MOST_ENTITIES = 20;

    /** The parameters of the list. */
    static final Set<String> KNOWN =
            Set.of(
                    BEFORE,
                    AFTER,
                    CHANGE,
                    ACTOR,
                    PRINCIPAL,
                    SOURCE,
                    KIND,
                    ENTITY,
                    UNPLANNED,
                    CoordinateResolver.KNOWN_AT,
                    RowWindow.LIMIT,
                    RowWindow.CURSOR,
                    RowStream.RAW);

    /** Reads a request; waits, within bounds, for the positions that it names. */
    static ChangeRequest of(Query query, CoordinateResolver resolver) {
        Parameters parameters = query.parameters();
        ChangeSelection selection = selection(parameters);
        Coordinates at = coordinates(query, resolver);
        String before = parameters.one(BEFORE);
        String after = parameters.one(AFTER);
        if (before != null && after != null) {
            throw Parameters.refused(
                    BEFORE, "Send either before, for older change sets, or after, for newer ones.");
        }
        if (after == null) {
            long place =
                    before == null
                            ? at.position() + 1
                            : position(BEFORE, before, 0, resolver.view().lastPositionOfLog() + 1);
            resolver.awaitHeld(BEFORE, place - 1);
            return new ChangeRequest(Direction.BACKWARD, place, at, selection);
        }
        long place = position(AFTER, after, -1, resolver.view().lastPositionOfLog());
        resolver.awaitHeld(AFTER, place);
        return new ChangeRequest(
                Direction.FORWARD,
                place < 0 ? place : resolver.view().endOfChangeSet(place),
                at,
                selection);
    }

    private static Coordinates coordinates(Query query, CoordinateResolver resolver) {
        // The instant of the question is left out: the answer is the same at any.
        Knowledge known =
                resolver.knowledge(
                        CoordinateResolver.KNOWN_AT,
                        query.parameters().one(CoordinateResolver.KNOWN_AT));
        return new Coordinates(
                known.knownAt(), known.knownAt(), known.position(), known.isFinal(), false);
    }

    private static long position(String parameter, String text, long least, long most) {
        try {
            long position = Long.parseLong(text);
            if (position >= least && position <= most) {
                return position;
            }
        } catch (NumberFormatException notANumber) {
            // Told below, as for a number out of bounds.
        }
        throw new ProblemException(
                        ProblemType.INVALID,
                        parameter
                                + " is a position: a whole number from "
                                + least
                                + " to "
                                + most
                                + " now.")
                .of(parameter);
    }

    private static ChangeSelection selection(Parameters parameters) {
        return new ChangeSelection(
                values(parameters, CHANGE),
                values(parameters, ACTOR),
                values(parameters, PRINCIPAL),
                values(parameters, SOURCE),
                kinds(parameters),
                entities(parameters),
                unplanned(parameters));
    }

    private static Set<String> values(Parameters parameters, String name) {
        Set<String> values = new HashSet<>(parameters.all(name));
        if (values.contains("")) {
            throw Parameters.refused(
                    name,
                    name.equals(CHANGE)
                            ? "change is empty. What has no change reference is unplanned=true."
                            : name + " is empty. Say which one, or leave it out.");
        }
        return values;
    }

    private static Set<String> kinds(Parameters parameters) {
        List<String> kinds = parameters.all(KIND);
        kinds.forEach(kind -> check(KIND, kind));
        return Set.copyOf(new HashSet<>(kinds));
    }

    private static void check(String parameter, String kind) {
        if (!StreamKinds.known().contains(kind)) {
            throw Parameters.refused(
                    parameter,
                    "Changes tell of the kinds " + String.join(", ", StreamKinds.known()) + ".");
        }
    }

    private static Set<String> entities(Parameters parameters) {
        Set<String> streams = new HashSet<>();
        for (String text : parameters.all(ENTITY)) {
            if (text.indexOf(':') <= 0) {
                throw Parameters.refused(
                        ENTITY, "entity is a kind and an id, for example ci:web-1.");
            }
            StreamId stream = StreamId.parse(text);
            check(ENTITY, stream.kind());
            streams.add(stream.toString());
        }
        if (streams.size() > MOST_ENTITIES) {
            throw Parameters.refused(
                    ENTITY, "Ask for at most " + MOST_ENTITIES + " entities at once.");
        }
        return streams;
    }

    private static @Nullable Boolean unplanned(Parameters parameters) {
        return parameters.one(UNPLANNED) == null ? null : parameters.truth(UNPLANNED, false);
    }
}
