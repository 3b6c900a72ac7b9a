package dev.cadastre.standalone.badinput;

import static dev.cadastre.standalone.badinput.BadRequest.query;

import dev.cadastre.standalone.client.ApiClient;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Queries that cannot be answered. */
final class BadQueries {

    /** Ids that nobody registered, percent-encoded. */
    static final List<String> ABSENT_IDS =
            Stream.of(
                            "absent",
                            "a/b",
                            "100%",
                            "a;b=c",
                            "back\\slash",
                            "a?b#c",
                            "with spaces",
                            "ü".repeat(300),
                            "🚀".repeat(300))
                    .map(ApiClient::encoded)
                    .toList();

    /** What stands in a path where an id should, and can be none. */
    static final List<String> IMPOSSIBLE_IDS =
            List.of("x".repeat(301), "%C3%BC".repeat(301), "%00", "a%0Ab");

    /** Every query about one instant, with all that it needs. */
    private static final List<String> AS_OF_ONE_INSTANT =
            List.of(
                    "/api/v1/assets?limit=1",
                    "/api/v1/assets/asset-1?",
                    "/api/v1/assets/asset-1/timeline?",
                    "/api/v1/assets/asset-1/custody?",
                    "/api/v1/assets/asset-1/versions/0?",
                    "/api/v1/cis?limit=1",
                    "/api/v1/cis/ci-1?",
                    "/api/v1/cis/ci-1/timeline?",
                    "/api/v1/cis/ci-1/versions/0?",
                    "/api/v1/cis/ci-1/impact?",
                    "/api/v1/counts?kind=ci");

    private static final List<String> DIFFS =
            List.of(
                    "/api/v1/diff?from=2020-01-01",
                    "/api/v1/assets/asset-1/diff?from=2020-01-01",
                    "/api/v1/cis/ci-1/diff?from=2020-01-01");

    private static final List<String> LISTS = List.of("/api/v1/assets", "/api/v1/cis");

    static final List<String> IMPOSSIBLE_INSTANTS =
            List.of(
                    "yesterday",
                    "2026-02-30",
                    "2026-13-01",
                    "2025-02-29T00:00:00Z",
                    "2026-01-01T25:00:00Z",
                    "2026-01-01T00:00:00",
                    "2026-01-01T00:00:00.1234567Z",
                    "0000-01-01",
                    "10000-01-01",
                    "-1",
                    "",
                    "%00");

    private BadQueries() {}

    static List<BadRequest> all() {
        List<BadRequest> all = new ArrayList<>();
        AS_OF_ONE_INSTANT.forEach(path -> coordinates(path, all));
        DIFFS.forEach(path -> ends(path, all));
        LISTS.forEach(path -> lists(path, all));
        ids(all);
        counts(all);
        one(all);
        BadReplays.addTo(all);
        BadSnapshots.addTo(all);
        BadChanges.addTo(all);
        BadStreams.addTo(all);
        BadWebhooks.addQueriesTo(all);
        BadMementos.addTo(all);
        return all;
    }

    private static void coordinates(String path, List<BadRequest> all) {
        for (String instant : IMPOSSIBLE_INSTANTS) {
            all.add(query("an impossible asOf", path + "&asOf=" + instant, 400));
            all.add(query("an impossible knownAt", path + "&knownAt=" + instant, 400));
        }
        for (String position : List.of("x", "", "-2", "1.5", "99999999999999999999", "1000000")) {
            all.add(query("an impossible position", path + "&knownAt=position:" + position, 400));
            all.add(
                    query(
                            "an impossible Min-Log-Position",
                            path,
                            400,
                            "Min-Log-Position: " + position));
        }
        all.add(query("a repeated asOf", path + "&asOf=2026-01-01&asOf=2026-01-02", 400));
        all.add(query("a repeated knownAt", path + "&knownAt=position:0&knownAt=position:1", 400));
        all.add(query("an unknown parameter", path + "&colour=red", 400));
        all.add(query("a parameter of another case", path + "&asof=2026-01-01", 400));
        all.add(
                query(
                        "Accept-Datetime and asOf",
                        path + "&asOf=2026-01-01",
                        400,
                        "Accept-Datetime: Tue, 31 Mar 2026 10:00:00 GMT"));
        for (String date :
                List.of("2026-03-31", "Mon, 31 Mar 2026 10:00:00 GMT", "Tue, 31 Mar 2026", "")) {
            all.add(query("an impossible Accept-Datetime", path, 400, "Accept-Datetime: " + date));
        }
        all.add(query("a token nobody has", path, 401, "Authorization: Bearer " + "0".repeat(43)));
    }

    private static void ends(String path, List<BadRequest> all) {
        String withoutFrom = path.substring(0, path.indexOf('?')) + "?";
        all.add(query("no from", withoutFrom, 400));
        for (String instant : IMPOSSIBLE_INSTANTS) {
            all.add(query("an impossible from", withoutFrom + "from=" + instant, 400));
            all.add(query("an impossible to", path + "&to=" + instant, 400));
            all.add(query("an impossible knownAt", path + "&knownAt=" + instant, 400));
            all.add(query("an impossible toKnownAt", path + "&toKnownAt=" + instant, 400));
        }
        all.add(query("both and one", path + "&knownAt=2026-01-01&toKnownAt=2026-01-01", 400));
        all.add(query("a version that is none", path + "&to=version:x", 400));
        all.add(query("a negative version", path + "&to=version:-1", 400));
        all.add(query("asOf of a diff", path + "&asOf=2026-01-01", 400));
        all.add(query("an unknown parameter", path + "&colour=red", 400));
        all.add(query("a repeated from", path + "&from=2021-01-01", 400));
        all.add(
                query(
                        "Accept-Datetime of a diff",
                        path,
                        400,
                        "Accept-Datetime: Tue, 31 Mar 2026 10:00:00 GMT"));
    }

    private static void lists(String path, List<BadRequest> all) {
        for (String number : List.of("0", "-1", "1001", "x", "", "1.5", "99999999999999999999")) {
            all.add(query("an impossible limit", path + "?limit=" + number, 400));
        }
        for (String number : List.of("-1", "x", "", "99999999999999999999")) {
            all.add(query("an impossible offset", path + "?offset=" + number, 400));
        }
        for (String cursor : List.of("!", "", "AAAA", "AQ".repeat(40), "x".repeat(5_000))) {
            all.add(query("a cursor nobody gave", path + "?cursor=" + cursor, 400));
        }
        all.add(query("an unknown field", path + "?fields=colour", 400));
        all.add(query("no field between commas", path + "?fields=id,,class", 400));
        all.add(query("an unknown sort", path + "?sort=colour", 400));
        all.add(query("no sort between commas", path + "?sort=id,", 400));
        all.add(query("a text that is too long", path + "?q=" + "x".repeat(1_001), 400));
        all.add(query("two texts", path + "?q=a&q=b", 400));
        all.add(query("no such representation", path, 406, "Accept: image/png"));
        all.add(query("a damaged Accept", path, 400, "Accept: ;;;/"));
        for (String form : List.of("application/x-ndjson", "text/csv")) {
            all.add(query("a limit of a stream", path + "?limit=5", 400, "Accept: " + form));
            all.add(query("a stream's raw", path + "?raw=perhaps", 400, "Accept: text/csv"));
        }
        all.add(query("bytes that are no text", path + "?q=%FF%FE", 400));
        all.add(query("broken percent-encoding", path + "?q=%zz", 400));
        all.add(query("broken percent-encoding", path + "?q=%", 400));
    }

    private static void ids(List<BadRequest> all) {
        for (String list : LISTS) {
            List<String> below =
                    new ArrayList<>(
                            List.of(
                                    "",
                                    "/timeline",
                                    "/timemap",
                                    "/versions/0",
                                    "/diff?from=2020-01-01"));
            if (list.endsWith("cis")) {
                below.add("/impact");
            }
            for (String rest : below) {
                ABSENT_IDS.forEach(
                        id -> all.add(query("an absent id", list + "/" + id + rest, 404)));
                IMPOSSIBLE_IDS.forEach(
                        id -> all.add(query("an impossible id", list + "/" + id + rest, 404)));
                all.add(query("broken percent-encoding", list + "/%zz" + rest, 400));
                all.add(query("bytes that are no text", list + "/%FF" + rest, 400));
            }
            String one = list + (list.endsWith("cis") ? "/ci-1" : "/asset-1");
            all.add(query("an absent version", one + "/versions/99", 404));
            all.add(query("a version that is none", one + "/versions/x", 400));
            all.add(query("a negative version", one + "/versions/-1", 400));
            all.add(query("an absent version", one + "/diff?from=version:0&to=version:9", 404));
        }
    }

    private static void counts(List<BadRequest> all) {
        all.add(query("no kind", "/api/v1/counts", 400));
        all.add(query("an unknown kind", "/api/v1/counts?kind=person", 400));
        all.add(query("an unknown facet", "/api/v1/counts?kind=ci&by=colour", 400));
        all.add(query("a facet of assets", "/api/v1/counts?kind=ci&manufacturer=x", 400));
        String series = "/api/v1/counts?kind=ci&by=class";
        all.add(query("a series without its step", series + "&from=2020-01-01", 400));
        all.add(query("a series without its start", series + "&step=P1D", 400));
        all.add(
                query(
                        "an end before its start",
                        series + "&from=2020-01-01&to=2019-01-01&step=P1D",
                        400));
        for (String step : List.of("x", "0", "P0D", "-P1D", "PT0.0000001S", "")) {
            all.add(
                    query(
                            "an impossible step",
                            series + "&from=2020-01-01&to=2021-01-01&step=" + step,
                            400));
        }
        all.add(
                query(
                        "a series of too many points",
                        series + "&from=0001-01-01&to=9999-01-01&step=PT1S",
                        400));
        String histogram = "/api/v1/histogram?from=2020-01-01&to=2021-01-01";
        all.add(query("no start", "/api/v1/histogram", 400));
        for (String number : List.of("0", "-1", "x", "100000000")) {
            all.add(query("impossible buckets", histogram + "&buckets=" + number, 400));
        }
        all.add(query("an unknown parameter", histogram + "&colour=red", 400));
    }

    private static void one(List<BadRequest> all) {
        String impact = "/api/v1/cis/ci-1/impact";
        for (String depth : List.of("0", "-1", "x", "100000000")) {
            all.add(query("an impossible depth", impact + "?depth=" + depth, 400));
        }
        all.add(query("an unknown direction", impact + "?direction=up", 400));
        all.add(query("an unknown relation type", impact + "?types=likes", 400));
        all.add(query("the impact of an asset", "/api/v1/assets/asset-1/impact", 404));
        all.add(query("a timeline's sort", "/api/v1/cis/ci-1/timeline?sort=id", 400));
        all.add(query("inbound of neither", "/api/v1/cis/ci-1/timeline?inbound=some", 400));
        all.add(query("late or not", "/api/v1/cis/ci-1/timeline?backDated=1", 400));
        all.add(query("the custody of a CI", "/api/v1/cis/ci-1/custody", 404));
        all.add(query("the custody of nobody", "/api/v1/assets/nobody/custody", 404));
        all.add(
                query(
                        "a long text in a diff",
                        "/api/v1/diff?from=2020-01-01&q=" + "x".repeat(1_001),
                        400));
        all.add(query("an absent person", "/api/v1/people/person-nobody", 404));
        for (String id : List.of("absent", "%00", "x".repeat(400))) {
            all.add(query("an absent import", "/api/v1/imports/" + id, 404));
            all.add(query("an absent import", "/api/v1/imports/" + id + "/rejects", 404));
            all.add(query("an absent import", "/api/v1/imports/" + id + "/progress", 404));
        }
        all.add(query("nothing there", "/api/v1/nowhere", 404));
        all.add(query("nothing there", "/api/v1", 404));
        all.add(query("a path upwards", "/api/v1/cis/../../../etc/passwd", 400));
        all.add(query("a very long request line", "/api/v1/cis?q=" + "x".repeat(20_000), 414));
    }
}
