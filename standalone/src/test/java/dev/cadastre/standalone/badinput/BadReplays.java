package dev.cadastre.standalone.badinput;

import static dev.cadastre.standalone.badinput.BadRequest.query;

import java.util.List;

/** Replays that cannot be shown. */
final class BadReplays {

    private BadReplays() {}

    static void addTo(List<BadRequest> all) {
        String replay = "/api/v1/replay?from=2020-01-01";
        String recorded = "/api/v1/replay?axis=recorded&from=position:0";
        all.add(query("no from", "/api/v1/replay", 400));
        for (String instant : BadQueries.IMPOSSIBLE_INSTANTS) {
            all.add(query("an impossible from", "/api/v1/replay?from=" + instant, 400));
            all.add(query("an impossible to", replay + "&to=" + instant, 400));
            all.add(query("an impossible knownAt", replay + "&knownAt=" + instant, 400));
            all.add(query("an impossible asOf", recorded + "&asOf=" + instant, 400));
        }
        for (String position : List.of("x", "", "-2", "1.5", "99999999999999999999", "1000000")) {
            all.add(query("an impossible position", recorded + "&to=position:" + position, 400));
        }
        for (String speed : List.of("-1", "x", "", "1.5", "100001", "99999999999999999999")) {
            all.add(query("an impossible speed", replay + "&speed=" + speed, 400));
        }
        for (String id : List.of("!", "", "AAAA", "AQ".repeat(50), "x".repeat(5_000))) {
            all.add(query("an id nobody gave", replay + "&after=" + id, 400));
        }
        all.add(query("an id nobody gave", replay, 400, "Last-Event-ID: 17"));
        all.add(query("an end before its start", replay + "&to=2019-01-01", 400));
        all.add(query("a position as an instant", replay + "&to=position:0", 400));
        all.add(query("an axis that is none", replay + "&axis=sideways", 400));
        all.add(query("asOf of what became true", replay + "&asOf=2020-01-01", 400));
        all.add(query("knownAt of what was recorded", recorded + "&knownAt=2020-01-01", 400));
        all.add(query("a repeated from", replay + "&from=2021-01-01", 400));
        all.add(query("an unknown kind", replay + "&kind=person", 400));
        all.add(query("a facet of assets", replay + "&kind=ci&manufacturer=x", 400));
        all.add(query("facets of none", replay + "&class=server&location=Oslo", 400));
        all.add(query("an unknown parameter", replay + "&colour=red", 400));
        all.add(query("no such representation", replay, 406, "Accept: image/png"));
        all.add(query("a token nobody has", replay, 401, "Authorization: Bearer nobody"));
    }
}
