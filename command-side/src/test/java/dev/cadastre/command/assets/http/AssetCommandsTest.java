package dev.cadastre.command.assets.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.command.config.CommandServer.Reply;
import dev.cadastre.eventstore.log.StoredEvent;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands about assets over a real socket on a real log. */
class AssetCommandsTest extends AssetsOverHttp {

    @Test
    void a_registered_asset_is_answered_with_its_address_and_numbers() {
        Reply reply =
                server.send(
                        "POST",
                        ASSETS,
                        """
                        {"id":"a/1","assetTag":"T-1","type":"hardware","name":"Laptop",
                         "state":"In stock","substate":"Available","manufacturer":"HP",
                         "model":"EliteBook","serialNumber":"5CG","warrantyUntil":"2027-12-31",
                         "purchase":{"date":"2024-02-29","supplier":"Northwind","orderNumber":"4711",
                                     "cost":{"amount":"1234.50","currency":"EUR"}},
                         "location":"Berlin/2","costCentre":"100","attributes":{"ram.gb":16}}""");

        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.header("Location")).isEqualTo("/api/v1/assets/a%2F1");
        assertThat(reply.header("ETag")).isEqualTo("\"0\"");
        StoredEvent stored = event(reply);
        assertThat(stored.envelope().stream()).isEqualTo("asset:a/1");
        assertThat(payload(stored))
                .isEqualTo(
                        """
                        {"attributes":{"ram.gb":16},"fields":{"assetTag":"T-1","costCentre":"100",\
                        "location":"Berlin/2","manufacturer":"HP","model":"EliteBook",\
                        "name":"Laptop","purchase":{"cost":{"amount":"1234.50","currency":"EUR"},\
                        "date":"2024-02-29","orderNumber":"4711","supplier":"Northwind"},\
                        "serialNumber":"5CG","type":"hardware","warrantyUntil":"2027-12-31"},\
                        "state":"In stock","substate":"Available"}""");
    }

    @Test
    void an_asset_goes_through_its_life() {
        String asset = registered("{\"state\":\"On order\"}", "2024-01-01");

        assertThat(transition(asset, "In stock", "Available", "2024-02-01").status())
                .isEqualTo(200);
        assertThat(transition(asset, "In use", null, "2024-03-01").status()).isEqualTo(200);
        assertThat(
                        server.send(
                                        "PATCH",
                                        asset,
                                        "{\"name\":\"Laptop\",\"attributes\":{\"n\":1}}")
                                .status())
                .isEqualTo(200);
        assertThat(
                        server.send("POST", asset + "/assignments", "{\"location\":\"Bonn\"}")
                                .header("ETag"))
                .isEqualTo("\"4\"");
        Reply unchanged = server.send("POST", asset + "/assignments", "{\"location\":\"Bonn\"}");
        assertThat(unchanged.status()).isEqualTo(200);
        assertThat(unchanged.header("ETag")).isEqualTo("\"4\"");
    }

    @Test
    void a_late_transition_that_clashes_names_both_facts() {
        String asset = registered("{\"state\":\"In use\"}", "2024-01-01");
        transition(asset, "In maintenance", null, "2024-05-01");

        Reply reply = transition(asset, "Retired", "Sold", "2024-03-01");

        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.body().get("type").asString()).endsWith("/illegal-transition");
        assertThat(reply.body().get("facts"))
                .hasToString(
                        """
                        [{"sequenceNumber":2,"type":"asset.transitioned",\
                        "effectiveAt":"2024-03-01T00:00:00Z","state":"Retired (Sold)"},\
                        {"sequenceNumber":1,"type":"asset.transitioned",\
                        "effectiveAt":"2024-05-01T00:00:00Z","state":"In maintenance"}]""");
    }

    @Test
    void a_correction_replaces_a_fact() {
        String asset = registered("{\"state\":\"In use\"}", "2024-01-01");
        transition(asset, "Retired", "Sold", "2024-05-01");

        Reply reply =
                server.send(
                        "POST",
                        asset + "/corrections",
                        """
                        {"retract":[1],"record":[
                          {"type":"asset.transitioned","effectiveAt":"2024-05-01",
                           "state":"In stock","substate":"Available"},
                          {"type":"asset.described","effectiveAt":"2024-06-01","name":"Spare"},
                          {"type":"asset.assigned","location":"Bonn"}]}""");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("ETag")).isEqualTo("\"5\"");
        Reply again = server.send("POST", asset + "/corrections", "{\"retract\":[1]}");
        assertThat(again.status()).isEqualTo(400);
        assertThat(again.body().get("pointer").asString()).isEqualTo("/retract/0");
    }

    @Test
    void a_corrected_registration_keeps_the_type_of_the_asset() {
        String asset = registered("{\"type\":\"hardware\",\"name\":\"Lptop\"}", "2024-01-01");

        Reply reply =
                server.send(
                        "POST",
                        asset + "/corrections",
                        """
                        {"retract":[0],"record":[
                          {"type":"asset.registered","effectiveAt":"2024-01-01",
                           "assetType":"hardware","name":"Laptop"},
                          {"type":"asset.described","effectiveAt":"2024-06-01",
                           "assetType":"consumable"},
                          {"type":"asset.described","effectiveAt":"2024-07-01",
                           "assetType":null}]}""");

        assertThat(reply.status()).isEqualTo(200);
        String stream = "asset:" + asset.substring(ASSETS.length() + 1);
        assertThat(server.log().stream(stream, 2))
                .map(AssetCommandsTest::payload)
                .satisfiesExactly(
                        again -> assertThat(again).contains("\"type\":\"hardware\"", "Laptop"),
                        described -> assertThat(described).contains("\"type\":\"consumable\""),
                        taken -> assertThat(taken).contains("\"unset\":[\"type\"]"));
    }

    @Test
    void a_custodian_is_a_registered_person() {
        String asset = registered("{}", "2024-01-01");
        Reply unknown =
                server.send("POST", asset + "/assignments", "{\"custodian\":\"Ada Lovelace\"}");
        assertThat(unknown.status()).isEqualTo(409);
        assertThat(unknown.body().get("pointer").asString()).isEqualTo("/custodian");

        String person =
                server.send("POST", "/api/v1/people", "{\"name\":\"Ada Lovelace\"}")
                        .body()
                        .get("id")
                        .asString();
        Reply assigned =
                server.send("POST", asset + "/assignments", "{\"custodian\":\"" + person + "\"}");
        assertThat(assigned.status()).isEqualTo(200);
        assertThat(server.log().referencing("person:" + person))
                .containsExactly("asset:" + asset.substring(ASSETS.length() + 1));
        assertThat(
                        server.send("POST", asset + "/assignments", "{\"custodian\":null}")
                                .header("ETag"))
                .isEqualTo("\"2\"");
    }

    @Test
    void an_asset_and_a_ci_that_are_linked_need_each_other() {
        server.send("PUT", "/api/v1/ci-classes/server", "{}");
        String asset = registered("{}", "2024-01-01");
        Reply absent = server.send("PATCH", asset, "{\"ci\":\"ci-of-asset\"}");
        assertThat(absent.status()).isEqualTo(409);

        server.send("POST", "/api/v1/cis", "{\"id\":\"ci-of-asset\",\"class\":\"server\"}");
        assertThat(server.send("PATCH", asset, "{\"ci\":\"ci-of-asset\"}").status()).isEqualTo(200);
        assertThat(server.send("DELETE", "/api/v1/cis/ci-of-asset", null).status()).isEqualTo(409);
        assertThat(server.send("PATCH", asset, "{\"ci\":null}").status()).isEqualTo(200);
        assertThat(server.send("DELETE", "/api/v1/cis/ci-of-asset", null).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a/b", "100%", "a;b=c", "back\\slash", "sp ace", "a?b#c", "äöü€🚀", "%2F"})
    void ids_of_any_characters_get_through(String id) {
        String path =
                ASSETS + "/" + URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
        assertThat(register("{\"id\":\"" + id.replace("\\", "\\\\") + "\"}").status())
                .isEqualTo(201);

        assertThat(server.send("PATCH", path, "{\"name\":\"x\"}").body().get("id").asString())
                .isEqualTo(id);
    }

    @Test
    void an_id_has_at_most_300_characters() {
        assertThat(register("{\"id\":\"" + "ü".repeat(300) + "\"}").status()).isEqualTo(201);
        Reply tooLong = register("{\"id\":\"" + "ü".repeat(301) + "\"}");
        assertThat(tooLong.status()).isEqualTo(400);
        assertThat(tooLong.body().get("pointer").asString()).isEqualTo("/id");
    }

    private static Reply transition(
            String asset, String state, String substate, String effectiveAt) {
        return server.send(
                "POST",
                asset + "/transitions",
                "{\"state\":\""
                        + state
                        + "\""
                        + (substate == null ? "" : ",\"substate\":\"" + substate + "\"")
                        + "}",
                "Effective-At",
                effectiveAt);
    }

    private static StoredEvent event(Reply reply) {
        return server.log().event(reply.body().get("position").asLong()).orElseThrow();
    }

    private static String payload(StoredEvent event) {
        return new String(event.payload(), StandardCharsets.UTF_8);
    }
}
