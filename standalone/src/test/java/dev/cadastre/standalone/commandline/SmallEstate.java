package dev.cadastre.standalone.commandline;

import dev.cadastre.standalone.client.ApiClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

/** An estate that fits on a page, recorded over HTTP on 1 June 2024. */
final class SmallEstate {

    /** When everything is recorded, a microsecond apart. */
    static final Clock CLOCK = Clock.fixed(Instant.parse("2024-06-01T00:00:00Z"), ZoneOffset.UTC);

    private final ApiClient client;

    private SmallEstate(ApiClient client) {
        this.client = client;
    }

    /** Records the estate; on return it can be queried. */
    static void record(ApiClient client) throws IOException {
        SmallEstate estate = new SmallEstate(client);
        estate.post(
                "",
                "",
                "/api/v1/change-sets",
                """
                {"commands":[
                  {"method":"PUT","path":"/api/v1/ci-classes/server","body":{}},
                  {"method":"PUT","path":"/api/v1/ci-classes/service","body":{}},
                  {"method":"PUT","path":"/api/v1/relation-types/runsOn","body":{}}]}
                """);
        estate.post(
                "2024-01-01",
                "Inventory",
                "/api/v1/cis",
                """
                {"id":"db-01","class":"server","name":"Database","attributes":{"cores":4,
                 "environment":"production"}}
                """);
        estate.post(
                "2024-01-01",
                "Inventory",
                "/api/v1/cis",
                """
                {"id":"web-01","class":"server","name":"Web","attributes":{"cores":2,
                 "environment":"production"}}
                """);
        estate.post(
                "2024-02-01",
                "Go live",
                "/api/v1/cis",
                """
                {"id":"shop","class":"service","name":"Shop",
                 "lifecycle":{"stage":"Operational","status":"In Use"},
                 "relations":[{"type":"runsOn","to":"web-01"},{"type":"runsOn","to":"db-01"}]}
                """);
        estate.send(
                "PATCH",
                "2024-03-01",
                "More visitors",
                "/api/v1/cis/web-01",
                "{\"attributes\":{\"cores\":80}}");
        long position =
                estate.post(
                        "",
                        "Typing mistake",
                        "/api/v1/cis/web-01/corrections",
                        """
                        {"retract":[1],"record":[{"type":"ci.changed",
                          "effectiveAt":"2024-03-01T00:00:00Z","attributes":{"cores":8}}]}
                        """);
        position =
                Math.max(
                        position,
                        estate.post(
                                "2024-01-15",
                                "Bought",
                                "/api/v1/assets",
                                """
                                {"id":"laptop","type":"hardware","name":"Laptop","state":"In use",
                                 "location":"Oslo","purchase":{"cost":{"amount":"1234.50",
                                 "currency":"EUR"}}}
                                """));
        client.awaitPosition(position);
    }

    private long post(String effectiveAt, String reason, String path, String body)
            throws IOException {
        return send("POST", effectiveAt, reason, path, body);
    }

    private long send(String method, String effectiveAt, String reason, String path, String body)
            throws IOException {
        var request =
                client.request(path)
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(body));
        if (!effectiveAt.isEmpty()) {
            request.header("Effective-At", effectiveAt);
        }
        if (!reason.isEmpty()) {
            request.header("Change-Reason", ApiClient.encoded(reason)).header("Change-Id", "CHG-1");
        }
        HttpResponse<InputStream> response = client.send(request.build());
        return ApiClient.json(response).path("position").asLong(-1);
    }
}
