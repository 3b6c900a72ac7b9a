package dev.cadastre.standalone.badinput;

import static dev.cadastre.standalone.badinput.BadRequest.query;

import java.util.List;

/** Past states that cannot be negotiated or listed, and answers that cannot be insisted on. */
final class BadMementos {

    private static final String DATE = "Accept-Datetime: Tue, 31 Mar 2026 10:00:00 GMT";

    private static final List<String> TIME_MAPS =
            List.of("/api/v1/assets/asset-1/timemap", "/api/v1/cis/ci-1/timemap");

    /** Lists whose rows have no places while their coordinates move. */
    private static final List<String> MOVING =
            List.of(
                    "/api/v1/assets?limit=1",
                    "/api/v1/cis?limit=1",
                    "/api/v1/cis?asOf=2026-01-01",
                    "/api/v1/cis?knownAt=2999-01-01",
                    "/api/v1/cis/ci-1/timeline?limit=1",
                    "/api/v1/assets/asset-1/custody?limit=1",
                    "/api/v1/diff?from=2020-01-01",
                    "/api/v1/snapshots?limit=1");

    private static final List<String> ANSWERS =
            List.of(
                    "/api/v1/cis",
                    "/api/v1/cis?knownAt=position:1",
                    "/api/v1/cis/ci-1",
                    "/api/v1/cis/ci-1/impact",
                    "/api/v1/cis/ci-1/timemap",
                    "/api/v1/assets/asset-1/timeline",
                    "/api/v1/counts?kind=ci",
                    "/api/v1/histogram?from=2020-01-01",
                    "/api/v1/diff?from=2020-01-01",
                    "/api/v1/snapshots");

    private BadMementos() {}

    static void addTo(List<BadRequest> all) {
        TIME_MAPS.forEach(path -> timeMap(path, all));
        for (String path : MOVING) {
            all.add(query("a place in a list that moves", path + "&offset=1", 400));
        }
        for (String path : ANSWERS) {
            all.add(query("another answer", path, 412, "If-Match: \"another\""));
            all.add(query("no entity tag", path, 412, "If-Match: 7"));
        }
        for (String path :
                List.of(
                        "/api/v1/histogram?from=2020-01-01",
                        "/api/v1/counts?kind=ci&from=2020-01-01&step=P1Y")) {
            all.add(query("one instant of many", path, 400, DATE));
        }
        all.add(
                query(
                        "a memento's address and another date",
                        "/api/v1/cis/ci-1?asOf=2026-01-01&knownAt=position:1",
                        400,
                        DATE));
    }

    private static void timeMap(String path, List<BadRequest> all) {
        for (String number : List.of("0", "-1", "1001", "x", "", "1.5", "99999999999999999999")) {
            all.add(query("an impossible limit", path + "?limit=" + number, 400));
        }
        for (String number : List.of("-1", "x", "", "100000001", "99999999999999999999")) {
            all.add(query("an impossible offset", path + "?offset=" + number, 400));
        }
        for (String time : List.of("asOf=2026-01-01", "knownAt=position:1", "cursor=x")) {
            all.add(query("what a list of all states is not asked for", path + "?" + time, 400));
        }
        all.add(query("a repeated limit", path + "?limit=1&limit=2", 400));
        all.add(query("no such representation", path, 406, "Accept: text/csv"));
        all.add(query("a damaged Accept", path, 400, "Accept: ;;;/"));
        all.add(query("a position behind the end", path, 400, "Min-Log-Position: 1000000"));
        all.add(query("a token nobody has", path, 401, "Authorization: Bearer nobody"));
    }
}
