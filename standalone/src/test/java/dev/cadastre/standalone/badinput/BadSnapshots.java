package dev.cadastre.standalone.badinput;

import static dev.cadastre.standalone.badinput.BadRequest.query;

import java.util.List;

/** Questions about snapshots that cannot be answered. */
final class BadSnapshots {

    private BadSnapshots() {}

    static void addTo(List<BadRequest> all) {
        for (String rest : List.of("", "/items", "/verification", "/corrections")) {
            BadQueries.ABSENT_IDS.forEach(
                    id -> all.add(query("an absent id", "/api/v1/snapshots/" + id + rest, 404)));
            BadQueries.IMPOSSIBLE_IDS.forEach(
                    id ->
                            all.add(
                                    query(
                                            "an impossible id",
                                            "/api/v1/snapshots/" + id + rest,
                                            404)));
            String absent = "/api/v1/snapshots/absent" + rest;
            all.add(query("asOf of a snapshot", absent + "?asOf=2026-01-01", 400));
            all.add(query("an unknown parameter", absent + "?colour=red", 400));
        }
        all.add(query("an impossible limit", "/api/v1/snapshots?limit=0", 400));
        all.add(query("a cursor nobody gave", "/api/v1/snapshots?cursor=AAAA", 400));
        for (String id : List.of("", "absent", "%00", "x".repeat(5_000))) {
            all.add(query("an absent snapshot", "/api/v1/diff?from=snapshot:" + id, 404));
            all.add(
                    query(
                            "an absent snapshot",
                            "/api/v1/diff?from=2026-01-01&to=snapshot:" + id,
                            404));
        }
    }
}
