package dev.cadastre.command.assets.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.command.config.CommandServer.Reply;
import dev.cadastre.http.access.Right;
import dev.cadastre.http.access.Role;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused of commands about assets, over a real socket on a real log. */
class RefusedAssetCommandsTest extends AssetsOverHttp {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "POST  |             | {\"colour\":1}                                | 400 | /colour",
                "POST  |             | {\"name\":1}                                  | 400 | /name",
                "POST  |             | {\"name\":1.5}                                | 400 | /name",
                "POST  |             | {\"name\":\"\\ud800\"}                        | 400 | /name",
                "POST  |             | {\"state\":\"Broken\"}                        | 400 | /state",
                "POST  |             | {\"state\":\"In stock\"}                      | 400 | /substate",
                "POST  |             | {\"substate\":\"Available\"}                  | 400 | /substate",
                "POST  |             | {\"warrantyUntil\":\"2023-02-29\"}            | 400 | /warrantyUntil",
                "POST  |             | {\"purchase\":{\"cost\":{\"amount\":12}}}     | 400 | /purchase/cost/amount",
                "POST  |             | {\"attributes\":{\"n\":1.5}}                  | 400 | /attributes/n",
                "POST  |             | {\"attributes\":{\"n\":9007199254740992}}     | 400 | /attributes/n",
                "POST  |             | {\"attributes\":{\"n\":{}}}                   | 400 | /attributes/n",
                "POST  |             | [1]                                           | 400 |",
                "POST  |             | {\"name\":                                    | 400 |",
                "PATCH | /none       | {\"name\":\"x\"}                              | 404 |",
                "PATCH | /none       | {\"name\":null}                               | 404 |",
                "PATCH | /none       | {}                                            | 400 |",
                "PATCH | /none       | {\"state\":\"In use\"}                        | 400 | /state",
                "PATCH | /none       | {\"location\":\"Bonn\"}                       | 400 | /location",
                "POST  | /none/transitions | {\"state\":\"In use\"}                  | 404 |",
                "POST  | /none/transitions | {\"substate\":\"Sold\"}                 | 400 | /state",
                "POST  | /none/transitions | {\"state\":\"In use\",\"why\":1}        | 400 | /why",
                "POST  | /none/assignments | {\"name\":\"x\"}                        | 400 | /name",
                "POST  | /none/corrections | {\"retract\":[0]}                       | 404 |",
                "POST  | /none/corrections | {\"retract\":[-1.5]}                    | 400 | /retract/0",
                "POST  | /none/corrections | {\"record\":[{\"type\":\"ci.renamed\"}]} | 400 | /record/0/type",
                "POST  | /none/corrections | {\"record\":[{\"type\":\"asset.registered\",\"assetType\":7}]}"
                        + " | 400 | /record/0/assetType",
            })
    void what_cannot_be_is_refused_where_it_is(
            String method, String path, String body, int status, String pointer) {
        long size = server.log().head().size();

        Reply reply = server.send(method, ASSETS + (path == null ? "" : path), body);

        assertThat(reply.status()).as("%s", reply.body()).isEqualTo(status);
        assertThat(reply.header("Content-Type")).startsWith("application/problem+json");
        assertThat(reply.body().get("detail").asString()).isNotBlank();
        if (pointer != null) {
            assertThat(reply.body().get("pointer").asString()).isEqualTo(pointer);
        }
        assertThat(server.log().head().size()).isEqualTo(size);
    }

    @Test
    void a_fact_of_a_correction_is_refused_where_it_is() {
        String asset = registered("{}", "2024-01-01");

        Reply reply =
                server.send(
                        "POST",
                        asset + "/corrections",
                        "{\"record\":[{\"type\":\"asset.described\",\"warrantyUntil\":\"soon\"}]}");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body().get("pointer").asString()).isEqualTo("/record/0/warrantyUntil");
    }

    @Test
    void rights_are_needed_to_go_back_and_to_correct() {
        String asset = registered("{}", "2024-01-01");
        String plain = server.token("person-plain", Set.of(Role.OPERATOR), Set.of());
        String correcting =
                server.token("person-correct", Set.of(Role.OPERATOR), Set.of(Right.CORRECT));
        String reader = server.token("person-reader", Set.of(Role.READER), Set.of());
        String late =
                "{\"record\":[{\"type\":\"asset.described\",\"name\":\"x\","
                        + "\"effectiveAt\":\"2024-02-01\"}]}";

        assertThat(server.sendAs(plain, "PATCH", asset, "{\"name\":\"a\"}").status())
                .isEqualTo(200);
        assertThat(
                        server.sendAs(
                                        plain,
                                        "PATCH",
                                        asset,
                                        "{\"name\":\"b\"}",
                                        "Effective-At",
                                        "2024-02-01")
                                .status())
                .isEqualTo(403);
        assertThat(
                        server.sendAs(plain, "POST", asset + "/corrections", "{\"retract\":[1]}")
                                .status())
                .isEqualTo(403);
        assertThat(server.sendAs(correcting, "POST", asset + "/corrections", late).status())
                .isEqualTo(403);
        assertThat(
                        server.sendAs(
                                        correcting,
                                        "POST",
                                        asset + "/corrections",
                                        "{\"retract\":[1]}")
                                .status())
                .isEqualTo(200);
        assertThat(server.sendAs(reader, "PATCH", asset, "{\"name\":\"c\"}").status())
                .isEqualTo(403);
    }
}
