package dev.cadastre.command.cis.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.command.config.CommandServer.Reply;
import dev.cadastre.http.access.Role;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** CIs are brought back to earlier versions, over a real socket on a real log. */
class CiRestorationTest extends RestoringCis {

    @BeforeAll
    static void know_relations() {
        server.send(
                "PUT", "/api/v1/relation-types/runsOn", "{\"inverse\":\"runs\",\"acyclic\":true}");
        server.send("PUT", "/api/v1/relation-types/knows", "{\"inverse\":\"known by\"}");
    }

    @Test
    void one_event_brings_a_version_back_and_names_it() {
        String host = registered("");
        String ci =
                registered(
                        ",\"name\":\"Web\",\"lifecycle\":{\"stage\":\"Design\",\"status\":\"Build\"},"
                                + "\"attributes\":{\"cores\":8},\"relations\":[{\"type\":\"runsOn\",\"to\":\""
                                + host
                                + "\"}]");
        server.send("PATCH", path(ci), "{\"name\":\"W\",\"attributes\":{\"cores\":2,\"x\":1}}");
        server.send("DELETE", path(ci) + "/relations/runsOn/" + host, null);
        server.send(
                "POST",
                path(ci) + "/lifecycle",
                "{\"stage\":\"End of Life\",\"status\":\"Retired\"}");

        Reply reply = restore(ci, "{\"version\":0}", "Change-Id", "CHG-1");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body().get("sequenceNumber").asLong()).isEqualTo(5);
        JsonNode event = last(ci);
        assertThat(event.at("/version/number").asInt()).isZero();
        assertThat(event.at("/version/sequenceNumber").asInt()).isZero();
        JsonNode first = payload(server.log().stream("ci:" + ci, 0).getFirst());
        for (String member : List.of("class", "name", "lifecycle", "attributes", "relations")) {
            assertThat(event.get(member)).as(member).isEqualTo(first.get(member));
        }
    }

    @Test
    void what_is_so_already_changes_nothing() {
        String ci = registered(",\"name\":\"Web\"");
        server.send("PATCH", path(ci), "{\"name\":\"W\"}");
        Reply once = restore(ci, "{\"version\":0}");
        long size = server.log().head().size();

        Reply again = restore(ci, "{\"version\":0}");

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body().get("sequenceNumber")).isEqualTo(once.body().get("sequenceNumber"));
        assertThat(server.log().head().size()).isEqualTo(size);
    }

    @Test
    void a_removed_ci_comes_back_as_it_was() {
        String ci = registered(",\"name\":\"Web\",\"attributes\":{\"cores\":8}");
        server.send("DELETE", path(ci), null);

        assertThat(restore(ci, "{\"version\":0}").status()).isEqualTo(200);
        assertThat(last(ci).at("/attributes/cores").asInt()).isEqualTo(8);
        assertThat(server.send("PATCH", path(ci), "{\"name\":\"W\"}").status()).isEqualTo(200);
        assertThat(
                        server.send(
                                        "POST",
                                        "/api/v1/cis",
                                        "{\"id\":\"" + ci + "\",\"class\":\"server\"}")
                                .status())
                .isEqualTo(409);
    }

    @Test
    void all_that_the_version_points_at_and_is_gone_is_named() {
        String one = registered("");
        String other = registered("");
        String ci = registered("");
        server.send("POST", "/api/v1/assets", asset("asset-of-" + ci));
        server.send("PUT", path(ci) + "/relations/runsOn/" + one, null);
        server.send("PUT", path(ci) + "/relations/knows/" + other, null);
        Reply linked =
                server.send("PUT", path(ci) + "/asset", "{\"asset\":\"asset-of-" + ci + "\"}");
        assertThat(linked.status()).isEqualTo(200);
        server.send("DELETE", path(ci), null);
        server.send("DELETE", path(one), null);
        server.send("DELETE", path(other), null);
        long size = server.log().head().size();

        Reply reply = restore(ci, "{\"version\":3}");

        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.body().get("absent"))
                .extracting(absent -> absent.path("type").asString() + " " + target(absent))
                .containsExactly("knows ci:" + other, "runsOn ci:" + one);
        assertThat(server.log().head().size()).isEqualTo(size);

        server.send("POST", "/api/v1/cis", "{\"class\":\"server\",\"id\":\"" + one + "\"}");
        restore(other, "{\"version\":0}");
        assertThat(restore(ci, "{\"version\":3}").status()).isEqualTo(200);
        assertThat(last(ci).get("asset").asString()).isEqualTo("asset-of-" + ci);
    }

    @Test
    void a_linked_asset_that_is_gone_is_named() {
        String ci = registered("");
        String asset = "gone-asset-of-" + ci;
        server.send("POST", "/api/v1/assets", asset(asset));
        server.send("PUT", path(ci) + "/asset", "{\"asset\":\"" + asset + "\"}");
        server.send("POST", path(ci) + "/corrections", "{\"retract\":[1]}");
        assertThat(
                        server.send(
                                        "POST",
                                        "/api/v1/assets/" + asset + "/corrections",
                                        "{\"retract\":[0]}")
                                .status())
                .isEqualTo(200);

        Reply reply = restore(ci, "{\"version\":1}");

        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.body().get("absent")).hasSize(1);
        assertThat(target(reply.body().at("/absent/0"))).isEqualTo("asset:" + asset);
    }

    @Test
    void a_class_that_now_declares_an_attribute_otherwise_is_named() {
        String ciClass = "class-" + COUNTER.incrementAndGet();
        server.send("PUT", "/api/v1/ci-classes/" + ciClass, "{}");
        String ci = "ci-" + COUNTER.incrementAndGet();
        server.send(
                "POST",
                "/api/v1/cis",
                "{\"id\":\""
                        + ci
                        + "\",\"class\":\""
                        + ciClass
                        + "\",\"attributes\":{\"cores\":\"eight\",\"ram\":\"much\"}}");
        server.send("PATCH", path(ci), "{\"attributes\":{\"cores\":null,\"ram\":null}}");
        server.send(
                "PUT",
                "/api/v1/ci-classes/" + ciClass,
                "{\"attributes\":{\"cores\":\"integer\",\"ram\":\"integer\"}}");

        Reply reply = restore(ci, "{\"version\":0}");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body().get("detail").asString())
                .contains(ciClass, "cores as integer", "ram as integer");
    }

    @Test
    void relations_that_would_close_a_circle_are_refused() {
        String host = registered("");
        String ci = registered("");
        server.send("PUT", path(ci) + "/relations/runsOn/" + host, null);
        server.send("DELETE", path(ci) + "/relations/runsOn/" + host, null);
        server.send("PUT", path(host) + "/relations/runsOn/" + ci, null);

        Reply reply = restore(ci, "{\"version\":1}");

        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.body().get("path"))
                .extracting(JsonNode::asString)
                .containsExactly("ci:" + ci, "ci:" + host, "ci:" + ci);
    }

    @Test
    void a_restoration_of_the_past_leaves_what_came_after_and_needs_the_right() {
        String ci = registered(",\"name\":\"first\"", "Effective-At", "2024-01-01");
        server.send("PATCH", path(ci), "{\"name\":\"second\"}", "Effective-At", "2024-02-01");
        server.send("PATCH", path(ci), "{\"name\":\"third\"}", "Effective-At", "2024-04-01");
        String operator = server.token("operator-" + ci, Set.of(Role.OPERATOR), Set.of());

        assertThat(
                        server.sendAs(
                                        operator,
                                        "POST",
                                        path(ci) + "/restoration",
                                        "{\"version\":0}",
                                        "Effective-At",
                                        "2024-03-01")
                                .status())
                .isEqualTo(403);
        assertThat(restore(ci, "{\"version\":0}", "Effective-At", "2024-03-01").status())
                .isEqualTo(200);
        // As of April it is the third name still, so there is nothing to rename.
        long size = server.log().head().size();
        server.send("PATCH", path(ci), "{\"name\":\"third\"}");
        assertThat(server.log().head().size()).isEqualTo(size);
        server.send("PATCH", path(ci), "{\"name\":\"second\"}", "Effective-At", "2024-03-02");
        assertThat(server.log().head().size()).isEqualTo(size + 1);
        assertThat(
                        server.sendAs(
                                        operator,
                                        "POST",
                                        path(ci) + "/restoration",
                                        "{\"version\":0}")
                                .status())
                .isEqualTo(200);
    }

    @Test
    void a_restoration_builds_on_what_its_change_set_decided_before() {
        String ci = registered(",\"name\":\"Web\"");
        String host = registered("");
        server.send("PUT", path(ci) + "/relations/runsOn/" + host, null);
        server.send("DELETE", path(ci), null);
        server.send("DELETE", path(host), null);

        Reply reply =
                server.send(
                        "POST",
                        "/api/v1/change-sets",
                        "{\"commands\":["
                                + restoring(host, 0)
                                + ","
                                + restoring(ci, 1)
                                + ",{\"method\":\"DELETE\",\"path\":\""
                                + path(ci)
                                + "\"},"
                                + restoring(ci, 0)
                                + "]}");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(server.log().stream("ci:" + ci, 3))
                .extracting(event -> event.envelope().type())
                .containsExactly("ci.restored", "ci.removed", "ci.restored");
        assertThat(last(ci).has("relations")).isFalse();
    }

    private static String restoring(String ci, int version) {
        return "{\"method\":\"POST\",\"path\":\""
                + path(ci)
                + "/restoration\",\"body\":{\"version\":"
                + version
                + "}}";
    }

    private static String target(JsonNode absent) {
        return absent.get("target").asString();
    }

    private static String asset(String id) {
        return "{\"id\":\"" + id + "\",\"type\":\"hardware\",\"state\":\"On order\"}";
    }
}
