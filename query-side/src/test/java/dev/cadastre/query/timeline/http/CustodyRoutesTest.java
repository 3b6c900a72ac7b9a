package dev.cadastre.query.timeline.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.events.StreamId;
import dev.cadastre.events.asset.AssetEvent.AssetAssigned;
import dev.cadastre.events.asset.AssetEvent.AssetRegistered;
import dev.cadastre.events.asset.AssetEvent.AssetTransitioned;
import dev.cadastre.query.histories.QueryServer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class CustodyRoutesTest {

    @TempDir static Path directory;

    private static QueryServer server;

    @BeforeAll
    static void start() {
        server = QueryServer.start(directory, Clock.systemUTC(), ZoneOffset.UTC);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void custody_tells_who_had_an_asset_and_where_it_was_from_when_to_when() {
        StreamId asset = StreamId.asset("phone");
        server.recorded()
                .at(
                        "2024-01-01T00:00:00Z",
                        asset,
                        new AssetRegistered(
                                "In stock", null, Map.of("location", "Berlin"), Map.of()));
        server.recorded().at("2024-02-01T00:00:00Z", asset, new AssetTransitioned("In use", null));
        server.recorded()
                .at(
                        "2024-03-01T00:00:00Z",
                        asset,
                        new AssetAssigned(Map.of("custodian", "person-a"), List.of()));
        long known = server.recorded().log().head().size() - 1;
        server.recorded()
                .at(
                        "2024-02-15T00:00:00Z",
                        asset,
                        new AssetAssigned(
                                Map.of("location", "Oslo", "custodian", "person-b"), List.of()));
        server.recorded()
                .at(
                        "2999-01-01T00:00:00Z",
                        asset,
                        new AssetAssigned(Map.of("location", "Rome"), List.of("custodian")));

        assertThat(custody(""))
                .containsExactly(
                        "2024-01-01 2024-02-15  Berlin by 0",
                        "2024-02-15 2024-03-01 person-b Oslo by 3",
                        "2024-03-01 2999-01-01 person-a Oslo by 2",
                        "2999-01-01   Rome by 4");
        assertThat(custody("?knownAt=position:" + known))
                .containsExactly(
                        "2024-01-01 2024-03-01  Berlin by 0", "2024-03-01  person-a Berlin by 2");
        assertThat(custody("?asOf=2024-02-20"))
                .containsExactly(
                        "2024-01-01 2024-02-15  Berlin by 0", "2024-02-15  person-b Oslo by 3");
        assertThat(custody("?limit=1&offset=1&knownAt=position:" + known)).hasSize(1);
        assertThat(server.get("/api/v1/assets/phone/custody", "Accept", "text/csv").body().lines())
                .hasSize(5)
                .startsWith("from,to,custodian,location,by");
        assertThat(server.get("/api/v1/assets/nobody/custody").statusCode()).isEqualTo(404);
        assertThat(server.get("/api/v1/cis/phone/custody").statusCode()).isEqualTo(404);
    }

    private static List<String> custody(String query) {
        List<String> told = new ArrayList<>();
        server.json("/api/v1/assets/phone/custody" + query)
                .get("items")
                .forEach(
                        item ->
                                told.add(
                                        day(item, "from")
                                                + " "
                                                + day(item, "to")
                                                + " "
                                                + item.path("custodian").asString("")
                                                + " "
                                                + item.path("location").asString("")
                                                + " by "
                                                + item.at("/by/sequenceNumber")));
        return told;
    }

    private static String day(JsonNode item, String name) {
        return item.path(name).asString("").split("T")[0];
    }
}
