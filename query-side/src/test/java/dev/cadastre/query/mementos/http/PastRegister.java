package dev.cadastre.query.mementos.http;

import dev.cadastre.events.StreamId;
import dev.cadastre.events.asset.AssetEvent.AssetRegistered;
import dev.cadastre.events.asset.AssetEvent.AssetTransitioned;
import dev.cadastre.events.ci.CiEvent.CiRegistered;
import dev.cadastre.events.ci.CiEvent.CiRemoved;
import dev.cadastre.events.ci.CiEvent.CiRenamed;
import dev.cadastre.query.histories.QueryServer;
import dev.cadastre.query.histories.SteppingClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/**
 * A CI that is registered on 1 January, renamed on the 2nd, to be renamed on the 10th as recorded
 * on the 3rd, and removed on the 20th; three shelves and a CI with a long id on the 25th; and an
 * asset that changes on each of nine days of February. The clock stands on 1 March.
 */
final class PastRegister {

    private static final String ID = "rack 7/ü;%\"<a>";
    static final String PATH = "/api/v1/cis/rack%207%2F%C3%BC%3B%25%22%3Ca%3E";
    private static final String LONG_ID = "ü".repeat(300);

    private PastRegister() {}

    static QueryServer start(Path directory) {
        SteppingClock clock =
                new SteppingClock(Instant.parse("2026-01-01T10:00:00.25Z"), Duration.ZERO);
        QueryServer server = QueryServer.start(directory, clock, ZoneOffset.UTC);
        StreamId ci = StreamId.ci(ID);
        server.recorded().now(ci, ci("server", "one"));
        clock.set(Instant.parse("2026-01-02T10:00:00Z"));
        server.recorded().now(ci, new CiRenamed("two"));
        clock.set(Instant.parse("2026-01-03T10:00:00Z"));
        server.recorded().at("2026-01-10T00:00:00Z", ci, new CiRenamed("three"));
        clock.set(Instant.parse("2026-01-20T10:00:00Z"));
        server.recorded().now(ci, new CiRemoved(List.of()));
        clock.set(Instant.parse("2026-01-25T10:00:00Z"));
        for (int i = 0; i < 3; i++) {
            server.recorded().now(StreamId.ci("shelf-" + i), ci("shelf", "shelf"));
        }
        server.recorded().now(StreamId.ci(LONG_ID), ci("long", "one"));
        server.recorded().now(StreamId.ci(LONG_ID), new CiRenamed("two"));
        clock.set(Instant.parse("2026-02-01T10:00:00Z"));
        StreamId asset = StreamId.asset("laptop");
        server.recorded().now(asset, new AssetRegistered("In stock", null, Map.of(), Map.of()));
        for (int day = 2; day < 10; day++) {
            clock.set(Instant.parse("2026-02-0" + day + "T10:00:00Z"));
            server.recorded().now(asset, new AssetTransitioned("In use", "n" + day));
        }
        clock.set(Instant.parse("2026-03-01T00:00:00Z"));
        return server;
    }

    private static CiRegistered ci(String ciClass, String name) {
        return new CiRegistered(ciClass, name, null, null, Map.of(), List.of());
    }
}
