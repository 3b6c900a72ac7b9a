package dev.cadastre.query.snapshots.http;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import dev.cadastre.events.Microseconds;
import dev.cadastre.events.snapshot.SnapshotCoordinates;
import dev.cadastre.http.access.Caller;
import dev.cadastre.http.json.HttpJson;
import dev.cadastre.http.problem.ProblemException;
import dev.cadastre.http.problem.ProblemType;
import dev.cadastre.query.shared.http.Answer;
import dev.cadastre.query.shared.http.Basis;
import dev.cadastre.query.shared.http.ListFormat;
import dev.cadastre.query.shared.http.Query;
import dev.cadastre.query.shared.http.QueryHttp;
import dev.cadastre.query.shared.http.RowPage;
import dev.cadastre.query.shared.http.RowStream;
import dev.cadastre.query.shared.http.RowWindow;
import dev.cadastre.query.shared.time.Coordinates;
import dev.cadastre.query.snapshots.model.Snapshot;
import dev.cadastre.query.snapshots.model.SnapshotCorrections;
import dev.cadastre.query.snapshots.model.SnapshotItems;
import dev.cadastre.query.snapshots.model.SnapshotRegister;
import dev.cadastre.query.snapshots.model.SnapshotVerification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;
import tools.jackson.databind.node.ObjectNode;

/** Snapshots, their items, their verification, and what was corrected since. */
public final class SnapshotRoutes {

    static final String SNAPSHOTS = "/api/v1/snapshots";

    private static final String SNAPSHOT = SNAPSHOTS + "/{id}";
    private static final Duration SEALING = Duration.ofSeconds(1);

    /** Each reads the whole log: more at once would only slow each other down. */
    private static final int VERIFICATIONS_AT_ONCE = 2;

    private static final Duration VERIFYING = Duration.ofSeconds(10);

    private final QueryHttp http;
    private final SnapshotRegister register;
    private final SnapshotItems items;
    private final SnapshotVerification verification;
    private final SnapshotCorrections corrections;
    private final Semaphore verifications = new Semaphore(VERIFICATIONS_AT_ONCE);

    private SnapshotRoutes(
            QueryHttp http,
            SnapshotRegister register,
            SnapshotItems items,
            SnapshotVerification verification,
            SnapshotCorrections corrections) {
        this.http = http;
        this.register = register;
        this.items = items;
        this.verification = verification;
        this.corrections = corrections;
    }

    public static RouterFunction<ServerResponse> of(
            QueryHttp http,
            SnapshotRegister register,
            SnapshotItems items,
            SnapshotVerification verification,
            SnapshotCorrections corrections) {
        SnapshotRoutes routes =
                new SnapshotRoutes(http, register, items, verification, corrections);
        Set<String> nothing = Set.of();
        return route().GET(
                        SNAPSHOTS,
                        request ->
                                http.answerOverTime(
                                        request,
                                        RowWindow.PARAMETERS,
                                        Basis.POSITION,
                                        routes::list))
                .GET(SNAPSHOT, request -> http.answerOverTime(request, nothing, routes::one))
                .GET(
                        SNAPSHOT + "/items",
                        request ->
                                http.answerOverTime(request, RowWindow.PARAMETERS, routes::items))
                .GET(
                        SNAPSHOT + "/verification",
                        request -> http.answerOverTime(request, nothing, routes::verification))
                .GET(
                        SNAPSHOT + "/corrections",
                        request ->
                                http.answerOverTime(
                                        request,
                                        RowWindow.PARAMETERS,
                                        Basis.POSITION,
                                        routes::corrections))
                .build();
    }

    private Answer list(Query query) {
        RowWindow window = RowWindow.of(query, http.resolver(), List.of(query.coordinates()));
        Coordinates at = window.coordinates().getFirst();
        List<String> ids = new ArrayList<>(register.idsAfter(-1));
        while (!ids.isEmpty() && register.find(ids.getLast(), at.position()).isEmpty()) {
            ids.removeLast();
        }
        List<ObjectNode> shown =
                ids.reversed().stream()
                        .skip(window.offset())
                        .limit(window.limit())
                        .map(id -> register.find(id, at.position()).orElseThrow())
                        .map(SnapshotJson::of)
                        .toList();
        return Answer.json(
                at,
                HttpJson.mapper()
                        .writeValueAsBytes(
                                RowPage.of(
                                        shown, window.next(shown.size(), ids.size()), ids.size())));
    }

    private Answer one(Query query) {
        Snapshot snapshot = snapshot(query);
        long sequenceNumber = snapshot.lastEvent().envelope().sequenceNumber();
        return Answer.json(
                        query.coordinates(),
                        HttpJson.mapper().writeValueAsBytes(SnapshotJson.of(snapshot)))
                .tagged("\"" + sequenceNumber + ".0\"");
    }

    private Answer items(Query query) {
        ItemFormat format = ItemFormat.of(query.request());
        Snapshot snapshot = snapshot(query);
        Coordinates at = coordinates(snapshot);
        String tag = http.tag(query, List.of(at));
        if (format != ItemFormat.XLSX && query.isKnown(tag)) {
            return new Answer.Known(at, tag, null);
        }
        return switch (format) {
            case PAGE -> page(query, snapshot, at).tagged(tag);
            case NDJSON ->
                    RowStream.ofLines(query, at, ItemRows.asLines(items.all(snapshot))).tagged(tag);
            case CSV ->
                    RowStream.of(
                                    query,
                                    at,
                                    ListFormat.CSV,
                                    ItemRows.columns(snapshot.scope().kinds()),
                                    ItemRows.asCells(items.all(snapshot)))
                            .tagged(tag);
            // Names who had it made, and when.
            case XLSX -> workbook(query, snapshot, at);
        };
    }

    private Answer page(Query query, Snapshot snapshot, Coordinates at) {
        RowWindow window = RowWindow.of(query, http.resolver(), List.of(at));
        long total = items.count(snapshot);
        List<ObjectNode> shown =
                items.part(snapshot, window.offset(), window.limit()).stream()
                        .map(SnapshotJson::of)
                        .toList();
        ObjectNode page = RowPage.of(shown, window.next(shown.size(), total), total);
        return Answer.json(at, HttpJson.mapper().writeValueAsBytes(page));
    }

    private Answer workbook(Query query, Snapshot snapshot, Coordinates at) {
        RowStream.refusePages(query, ItemFormat.XLSX.type());
        return new Answer.Streamed(
                at,
                ItemFormat.XLSX.type(),
                new ItemWorkbook(
                        snapshot,
                        items.count(snapshot),
                        items.all(snapshot),
                        Caller.of(query.request()).principal(),
                        query.coordinates().asOf(),
                        query.parameters().truth(RowStream.RAW, false)),
                // What every file system takes, whatever the id is.
                "snapshot-" + snapshot.id().replaceAll("[^A-Za-z0-9-]", "_") + ".xlsx",
                null);
    }

    private Answer verification(Query query) {
        Snapshot snapshot = snapshot(query);
        Snapshot.Sealing sealing =
                Optional.ofNullable(snapshot.sealing())
                        .orElseThrow(
                                () ->
                                        new ProblemException(
                                                        ProblemType.CONFLICT,
                                                        "The snapshot is being sealed; there is no"
                                                                + " digest yet that could hold. Ask"
                                                                + " again.")
                                                .with("id", snapshot.id())
                                                .retryAfter(SEALING));
        if (!verifications.tryAcquire()) {
            throw new ProblemException(
                            ProblemType.TOO_MANY_REQUESTS,
                            "Verifications read the whole log, and "
                                    + VERIFICATIONS_AT_ONCE
                                    + " are under way. Ask again.")
                    .retryAfter(VERIFYING);
        }
        try {
            SnapshotVerification.Recomputed recomputed = verification.of(snapshot);
            coordinates(snapshot);
            return Answer.json(
                    query.coordinates(),
                    HttpJson.mapper()
                            .writeValueAsBytes(
                                    SnapshotJson.of(
                                            snapshot,
                                            sealing,
                                            recomputed,
                                            corrections.count(
                                                    snapshot, query.coordinates().position()))));
        } finally {
            verifications.release();
        }
    }

    private Answer corrections(Query query) {
        Snapshot snapshot = snapshot(query);
        coordinates(snapshot);
        RowWindow window = RowWindow.of(query, http.resolver(), List.of(query.coordinates()));
        Coordinates now = window.coordinates().getFirst();
        SnapshotCorrections.Part part =
                corrections.part(snapshot, now.position(), window.offset(), window.limit());
        List<ObjectNode> shown = part.items().stream().map(SnapshotJson::of).toList();
        return Answer.json(
                now,
                HttpJson.mapper()
                        .writeValueAsBytes(
                                RowPage.of(
                                        shown,
                                        window.next(shown.size(), part.total()),
                                        part.total())));
    }

    private Snapshot snapshot(Query query) {
        String id = query.request().pathVariable("id");
        return register.find(id)
                .orElseThrow(
                        () ->
                                new ProblemException(
                                                ProblemType.NOT_FOUND,
                                                "No snapshot has this id. Is it right, and"
                                                        + " percent-encoded?")
                                        .with("id", id));
    }

    /** The coordinates of what a snapshot shows; waits until the view holds its position. */
    private Coordinates coordinates(Snapshot snapshot) {
        SnapshotCoordinates at = snapshot.taken().coordinates();
        // Its own event was recorded after all that it shows: then nothing can be added.
        http.resolver().awaitHeld("id", snapshot.takenBy().position());
        return new Coordinates(
                Microseconds.of(at.asOf()),
                Microseconds.of(at.knownAt()),
                at.position(),
                true,
                false);
    }
}
