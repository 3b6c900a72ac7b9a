package dev.cadastre.standalone.badinput;

import static dev.cadastre.standalone.badinput.BadRequest.query;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Change sets that cannot be asked for. */
final class BadChanges {

    private static final String CHANGES = "/api/v1/changes";

    private BadChanges() {}

    static void addTo(List<BadRequest> all) {
        places(all);
        filters(all);
        ids(all);
        for (String path : List.of(CHANGES, CHANGES + "/position:0")) {
            all.add(query("no such representation", path, 406, "Accept: image/png"));
            all.add(query("a token nobody has", path, 401, "Authorization: Bearer nobody"));
            all.add(query("an unknown parameter", path + "?colour=red", 400));
            all.add(query("an instant of neither", path + "?asOf=2026-01-01", 400));
            all.add(query("a cursor nobody gave", path + "?cursor=AAAA", 400));
            all.add(query("a page of a stream", path + "?limit=1", 400, "Accept: text/csv"));
            all.add(query("raw or not", path + "?raw=1", 400, "Accept: text/csv"));
            for (String number : List.of("0", "-1", "x", "", "1001", "99999999999999999999")) {
                all.add(query("an impossible limit", path + "?limit=" + number, 400));
            }
            for (String position : List.of("x", "", "-2", "99999999999999999999", "1000000")) {
                all.add(
                        query(
                                "an impossible Min-Log-Position",
                                path,
                                400,
                                "Min-Log-Position: " + position));
            }
        }
    }

    private static void places(List<BadRequest> all) {
        for (String position : List.of("x", "", "-2", "1.5", "99999999999999999999", "1000000")) {
            all.add(query("an impossible place", CHANGES + "?before=" + position, 400));
            all.add(query("an impossible place", CHANGES + "?after=" + position, 400));
            all.add(
                    query(
                            "an impossible position",
                            CHANGES + "?knownAt=position:" + position,
                            400));
        }
        all.add(query("before the beginning", CHANGES + "?before=-1", 400));
        all.add(query("both directions", CHANGES + "?before=1&after=0", 400));
        all.add(query("two places", CHANGES + "?after=0&after=1", 400));
        for (String instant : BadQueries.IMPOSSIBLE_INSTANTS) {
            all.add(query("an impossible knownAt", CHANGES + "?knownAt=" + instant, 400));
        }
        all.add(query("an offset of a log that grows", CHANGES + "?offset=1", 400));
    }

    private static void filters(List<BadRequest> all) {
        for (String name : List.of("change", "actor", "principal", "source", "kind", "entity")) {
            all.add(query("an empty filter", CHANGES + "?" + name + "=", 400));
        }
        all.add(query("planned or not", CHANGES + "?unplanned=maybe", 400));
        all.add(query("an unknown kind", CHANGES + "?kind=dog", 400));
        for (String entity : List.of("web-1", ":web-1", "dog:web-1")) {
            all.add(query("an entity without a kind", CHANGES + "?entity=" + entity, 400));
        }
        all.add(
                query(
                        "too many entities",
                        CHANGES
                                + IntStream.range(0, 21)
                                        .mapToObj(i -> "entity=ci:" + i)
                                        .collect(Collectors.joining("&", "?", "")),
                        400));
    }

    private static void ids(List<BadRequest> all) {
        BadQueries.ABSENT_IDS.forEach(
                id -> all.add(query("an absent id", CHANGES + "/" + id, 404)));
        BadQueries.IMPOSSIBLE_IDS.forEach(
                id -> all.add(query("an impossible id", CHANGES + "/" + id, 404)));
        for (String id :
                List.of(
                        "position:",
                        "position:-1",
                        "position:x",
                        "position:1.5",
                        "position:1000000",
                        "position:99999999999999999999",
                        "1-1-1-1-1",
                        "00000000-0000-0000-0000-000000000000",
                        "ffffffff-ffff-7fff-bfff-ffffffffffff")) {
            all.add(query("an absent change", CHANGES + "/" + id, 404));
        }
    }
}
