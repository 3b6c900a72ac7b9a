package dev.cadastre.command.assets.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.command.config.CommandServer.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Unique values of assets, over a real socket on a real log. */
class UniqueAssetValuesTest extends AssetsOverHttp {

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

    private static List<Integer> atOnce(int count, IntFunction<Integer> request)
            throws ExecutionException, InterruptedException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> running =
                    IntStream.range(0, count)
                            .mapToObj(i -> threads.submit(() -> request.apply(i)))
                            .toList();
            List<Integer> answers = new ArrayList<>();
            for (Future<Integer> each : running) {
                answers.add(each.get());
            }
            return answers;
        }
    }

    private static String newId() {
        return UUID.randomUUID().toString();
    }
}
