package dev.cadastre.command.assets.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.command.config.CommandServer;
import dev.cadastre.command.config.CommandServer.Reply;
import dev.cadastre.eventstore.log.StoredEvent;
import dev.cadastre.http.access.Right;
import dev.cadastre.http.access.Role;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands about assets over a real socket on a real log. */
class AssetCommandsTest {

    private static final String ASSETS = "/api/v1/assets";

    @TempDir static Path directory;

    private static CommandServer server;

    @BeforeAll
    static void start() {
        server = CommandServer.start(directory);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

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
    void an_asset_tag_is_claimed_again_when_it_is_released() {
        String tag = newId();
        String first = registered("{\"assetTag\":\"" + tag + "\"}", "2024-01-01");
        String second = registered("{}", "2024-01-01");
        String claim = "{\"assetTag\":\"" + tag + "\"}";

        Reply taken = server.send("PATCH", second, claim);
        assertThat(taken.status()).isEqualTo(409);
        assertThat(taken.body().get("type").asString()).endsWith("/value-taken");
        assertThat(taken.body().get("pointer").asString()).isEqualTo("/assetTag");
        assertThat(ASSETS + "/" + taken.body().get("holder").asString()).isEqualTo(first);
        assertThat(taken.body().get("from").asString()).isEqualTo("2024-01-01T00:00:00Z");
        assertThat(taken.body().has("to")).isFalse();

        server.send("PATCH", first, "{\"assetTag\":null}", "Effective-At", "2024-06-01");
        Reply early = server.send("PATCH", second, claim, "Effective-At", "2024-05-31");
        assertThat(early.status()).isEqualTo(409);
        assertThat(early.body().get("to").asString()).isEqualTo("2024-06-01T00:00:00Z");
        assertThat(server.send("PATCH", second, claim, "Effective-At", "2024-06-01").status())
                .isEqualTo(200);

        Reply reclaimed = server.send("POST", first + "/corrections", "{\"retract\":[1]}");
        assertThat(reclaimed.status()).isEqualTo(409);
        assertThat(ASSETS + "/" + reclaimed.body().get("holder").asString()).isEqualTo(second);
    }

    @Test
    void a_serial_number_is_unique_within_its_manufacturer() {
        String serial = newId();
        registered("{\"serialNumber\":\"" + serial + "\",\"manufacturer\":\"HP\"}", "2024-01-01");

        assertThat(
                        register("{\"serialNumber\":\"" + serial + "\",\"manufacturer\":\"Dell\"}")
                                .status())
                .isEqualTo(201);
        assertThat(register("{\"serialNumber\":\"" + serial + "\"}").status()).isEqualTo(201);
        Reply taken = register("{\"serialNumber\":\"" + serial + "\",\"manufacturer\":\"HP\"}");
        assertThat(taken.status()).isEqualTo(409);
        assertThat(taken.body().get("pointer").asString()).isEqualTo("/serialNumber");
    }

    @Test
    void of_many_who_claim_a_tag_at_once_one_wins()
            throws ExecutionException, InterruptedException {
        int claimants = 16;
        for (int round = 0; round < 5; round++) {
            String tag = newId();
            List<Integer> statuses =
                    atOnce(claimants, i -> register("{\"assetTag\":\"" + tag + "\"}").status());

            assertThat(statuses).containsOnlyOnce(201);
            assertThat(statuses).filteredOn(status -> status == 409).hasSize(claimants - 1);
            assertThat(server.log().claims("asset-tag:" + tag)).hasSize(1);
        }
    }

    @Test
    void a_tag_that_is_passed_on_by_many_at_once_has_one_holder_at_a_time()
            throws ExecutionException, InterruptedException {
        String tag = newId();
        String holder = registered("{\"assetTag\":\"" + tag + "\"}", "2024-01-01");
        List<String> others =
                IntStream.range(0, 8).mapToObj(_ -> registered("{}", "2024-01-01")).toList();

        List<Integer> statuses =
                atOnce(
                        others.size() + 1,
                        i ->
                                i == 0
                                        ? server.send("PATCH", holder, "{\"assetTag\":null}")
                                                .status()
                                        : server.send(
                                                        "PATCH",
                                                        others.get(i - 1),
                                                        "{\"assetTag\":\"" + tag + "\"}")
                                                .status());

        assertThat(statuses.getFirst()).isEqualTo(200);
        assertThat(statuses.subList(1, statuses.size()))
                .filteredOn(status -> status == 200)
                .hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void a_change_set_passes_a_tag_on() {
        String tag = newId();
        String first = registered("{\"assetTag\":\"" + tag + "\"}", "2024-01-01");
        String second = registered("{}", "2024-01-01");
        String passingOn =
                """
                {"commands":[
                  {"method":"PATCH","path":"%s","body":{"assetTag":null}},
                  {"method":"PATCH","path":"%s","body":{"assetTag":"%s"}}]}""";

        Reply wrongOrder =
                server.send(
                        "POST",
                        "/api/v1/change-sets",
                        """
                        {"commands":[
                          {"method":"PATCH","path":"%s","body":{"assetTag":"%s"}},
                          {"method":"PATCH","path":"%s","body":{"assetTag":null}}]}"""
                                .formatted(second, tag, first));
        assertThat(wrongOrder.status()).isEqualTo(409);
        assertThat(
                        server.send(
                                        "POST",
                                        "/api/v1/change-sets",
                                        passingOn.formatted(first, second, tag))
                                .status())
                .isEqualTo(200);
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

    private static List<Integer> atOnce(int count, java.util.function.IntFunction<Integer> request)
            throws ExecutionException, InterruptedException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> running =
                    IntStream.range(0, count)
                            .mapToObj(i -> threads.submit(() -> request.apply(i)))
                            .toList();
            List<Integer> answers = new java.util.ArrayList<>();
            for (Future<Integer> each : running) {
                answers.add(each.get());
            }
            return answers;
        }
    }

    private static Reply register(String body) {
        return server.send("POST", ASSETS, body);
    }

    /** The path of a new asset. */
    private static String registered(String body, String effectiveAt) {
        Reply reply = server.send("POST", ASSETS, body, "Effective-At", effectiveAt);
        assertThat(reply.status()).as("%s", reply.body()).isEqualTo(201);
        return reply.header("Location");
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

    private static String newId() {
        return UUID.randomUUID().toString();
    }

    private static StoredEvent event(Reply reply) {
        return server.log().event(reply.body().get("position").asLong()).orElseThrow();
    }

    private static String payload(StoredEvent event) {
        return new String(event.payload(), StandardCharsets.UTF_8);
    }
}
