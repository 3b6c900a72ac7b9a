package dev.cadastre.standalone.description;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadastre.http.description.ApiExample;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

/** Whoever has an answer is not sent it again, whatever operation it is of. */
final class Conditions {

    private static final String ETAG = "ETag";

    /** Operations whose answers may be kept and have no entity tag, and why. */
    private static final Map<String, String> UNTAGGED =
            Map.of(
                    "GET /api/v1/snapshots/{id}/verification",
                    "A verification that is not made anew verifies nothing.");

    private Conditions() {}

    /**
     * Asks again what was answered to an example.
     *
     * @param answer a successful one
     */
    static void check(ExampleClient client, ApiExample example, HttpResponse<String> answer)
            throws Exception {
        if (isNeverKept(answer) || UNTAGGED.containsKey(ExampleClient.operation(example))) {
            assertThat(answer.headers().firstValue(ETAG)).isEmpty();
            return;
        }
        assertThat(answer.headers().firstValue(ETAG)).as("its entity tag").isPresent();
        // What is delivered or sealed meanwhile changes some answers.
        await().untilAsserted(() -> checkKnown(client, example));
        if (example.template().startsWith("/api/")) {
            assertThat(client.send(example, Map.of("If-None-Match", "*")).statusCode())
                    .isEqualTo(304);
            assertThat(client.send(example, Map.of("If-Match", "\"another\"")).statusCode())
                    .isEqualTo(412);
        }
    }

    private static void checkKnown(ExampleClient client, ApiExample example) throws Exception {
        HttpResponse<String> first = client.send(example);
        String tag = first.headers().firstValue(ETAG).orElseThrow();
        HttpResponse<String> again =
                client.send(example, Map.of("If-None-Match", "\"another\", " + tag));
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        for (String name : List.of(ETAG, "Cache-Control", "Vary", "Content-Location")) {
            assertThat(again.headers().firstValue(name))
                    .as(name)
                    .isEqualTo(first.headers().firstValue(name));
        }
    }

    private static boolean isNeverKept(HttpResponse<String> answer) {
        return answer.headers().firstValue("Cache-Control").orElse("").equals("no-store");
    }
}
