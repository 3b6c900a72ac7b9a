package dev.cadastre.query.diff.http;

import dev.cadastre.http.problem.ProblemException;
import dev.cadastre.http.problem.ProblemType;
import dev.cadastre.query.shared.list.Parameters;
import dev.cadastre.query.shared.snapshots.TakenSnapshot;
import dev.cadastre.query.shared.snapshots.TakenSnapshots;
import dev.cadastre.query.shared.time.CoordinateResolver;
import dev.cadastre.query.shared.time.Coordinates;
import org.jspecify.annotations.Nullable;

/** An end of a diff that is named by a snapshot: {@code snapshot:ID}. */
final class SnapshotEnd {

    private static final String PREFIX = "snapshot:";

    private SnapshotEnd() {}

    static boolean isMeant(@Nullable String text) {
        return text != null && text.startsWith(PREFIX);
    }

    /** The snapshot that a parameter names; null if it names none. */
    static @Nullable TakenSnapshot of(
            Parameters parameters, String parameter, TakenSnapshots snapshots) {
        String text = parameters.one(parameter);
        return isMeant(text) ? find(parameter, text, snapshots) : null;
    }

    /**
     * Where it lies, once the view holds it.
     *
     * @throws ProblemException if there is no such snapshot
     */
    static Coordinates coordinates(
            String parameter, String text, TakenSnapshots snapshots, CoordinateResolver resolver) {
        TakenSnapshot snapshot = find(parameter, text, snapshots);
        // Its own event was recorded after all that it shows: then nothing can be added.
        resolver.awaitHeld(parameter, snapshot.taken());
        return new Coordinates(
                snapshot.asOf(), snapshot.knownAt(), snapshot.position(), true, false);
    }

    private static TakenSnapshot find(String parameter, String text, TakenSnapshots snapshots) {
        String id = text.substring(PREFIX.length());
        return snapshots
                .find(id)
                .orElseThrow(
                        () ->
                                new ProblemException(
                                                ProblemType.NOT_FOUND,
                                                parameter
                                                        + ": no snapshot has this id."
                                                        + " /api/v1/snapshots lists them.")
                                        .of(parameter)
                                        .with("id", id));
    }
}
