package dev.cadastre.standalone.badinput;

import static dev.cadastre.standalone.badinput.BadRequest.query;

import java.util.List;

/** Streams that cannot be opened. */
final class BadStreams {

    private static final String EVENTS = "/api/v1/events";
    private static final String LIVE = "/api/v1/live";

    private BadStreams() {}

    static void addTo(List<BadRequest> all) {
        events(all);
        live(all);
        for (String path : List.of(EVENTS, LIVE + "?view=cis")) {
            all.add(query("no such representation", path, 406, "Accept: image/png"));
            all.add(query("a page of a stream", path, 406, "Accept: application/json"));
            all.add(query("a damaged Accept", path, 400, "Accept: ;;;/"));
            all.add(query("a token nobody has", path, 401, "Authorization: Bearer nobody"));
        }
    }

    private static void events(List<BadRequest> all) {
        for (String position : List.of("x", "-2", "1.5", "99999999999999999999", "1000000")) {
            all.add(query("an impossible position", EVENTS + "?after=" + position, 400));
            all.add(
                    query(
                            "an id that never existed",
                            EVENTS + "?after=0",
                            400,
                            "Last-Event-ID: " + position));
        }
        all.add(query("an empty position", EVENTS + "?after=", 400));
        all.add(query("two positions", EVENTS + "?after=0&after=1", 400));
        all.add(query("an end before the start", EVENTS + "?after=2&until=1", 400));
        for (String number : List.of("0", "-1", "x", "", "99999999999999999999")) {
            all.add(query("an impossible limit", EVENTS + "?limit=" + number, 400));
        }
        all.add(query("to follow or not", EVENTS + "?follow=1", 400));
        all.add(query("an unknown type", EVENTS + "?type=ci.exploded", 400));
        all.add(query("an unknown kind", EVENTS + "?kind=dog", 400));
        all.add(query("a stream without a kind", EVENTS + "?stream=web-1", 400));
        all.add(query("facets of none", EVENTS + "?class=server&location=Oslo", 400));
        all.add(query("a facet of others", EVENTS + "?kind=asset&class=server", 400));
        all.add(query("an unknown parameter", EVENTS + "?colour=red", 400));
    }

    private static void live(List<BadRequest> all) {
        all.add(query("no view", LIVE, 400));
        all.add(query("an unknown view", LIVE + "?view=weather", 400));
        all.add(query("two views", LIVE + "?view=cis&view=assets", 400));
        all.add(query("a past that never changes", LIVE + "?view=cis&knownAt=position:0", 400));
        all.add(query("a page", LIVE + "?view=cis&limit=10", 400));
        all.add(query("year 12000", LIVE + "?view=cis&asOf=12000-01-01", 400));
        all.add(query("a parameter of others", LIVE + "?view=cis&depth=3", 400));
        all.add(query("no kind", LIVE + "?view=counts", 400));
        all.add(query("no start", LIVE + "?view=diff", 400));
        all.add(query("no CI", LIVE + "?view=impact", 400));
        all.add(query("an absent CI", LIVE + "?view=impact&id=nobody", 404));
        all.add(
                query(
                        "Accept-Datetime",
                        LIVE + "?view=cis",
                        400,
                        "Accept-Datetime: Tue, 31 Mar 2026 10:00:00 GMT"));
        for (String id : List.of("17", "1.2", "a.b.c", "-9.0.x", "x".repeat(5_000))) {
            all.add(query("an id nobody gave", LIVE + "?view=cis", 400, "Last-Event-ID: " + id));
        }
    }
}
