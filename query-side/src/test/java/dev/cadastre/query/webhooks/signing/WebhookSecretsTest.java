package dev.cadastre.query.webhooks.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The published vectors, which were not made by this code. */
class WebhookSecretsTest {

    private static final JsonNode VECTORS =
            JsonMapper.builder()
                    .build()
                    .readTree(
                            Path.of("..", "docs", "formats", "webhook-secret-vectors.json")
                                    .toFile());

    @TempDir private Path directory;

    static List<JsonNode> secrets() {
        return VECTORS.path("secrets").valueStream().toList();
    }

    static List<JsonNode> signatures() {
        return VECTORS.path("signatures").valueStream().toList();
    }

    @ParameterizedTest
    @MethodSource("secrets")
    void a_secret_follows_from_the_key_the_subscription_and_the_generation(JsonNode vector) {
        WebhookSecrets secrets =
                new WebhookSecrets(HexFormat.of().parseHex(vector.path("key").stringValue()));

        assertThat(
                        secrets.of(
                                        vector.path("subscription").stringValue(),
                                        vector.path("generation").intValue())
                                .text())
                .isEqualTo(vector.path("secret").stringValue());
    }

    @ParameterizedTest
    @MethodSource("signatures")
    void a_message_is_signed_as_the_libraries_of_receivers_check_it(JsonNode vector) {
        List<WebhookSecret> secrets =
                vector.path("secrets")
                        .valueStream()
                        .map(secret -> secret.stringValue().substring("whsec_".length()))
                        .map(secret -> new WebhookSecret(Base64.getDecoder().decode(secret)))
                        .toList();

        assertThat(
                        WebhookSecret.signatures(
                                secrets,
                                vector.path("id").stringValue(),
                                vector.path("timestamp").longValue(),
                                vector.path("body").stringValue().getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(vector.path("signature").stringValue());
    }

    @Test
    void the_key_is_drawn_once_and_is_for_its_owner_alone() throws Exception {
        String first = WebhookSecrets.open(directory, new SecureRandom()).of("tickets", 0).text();
        String again = WebhookSecrets.open(directory, new SecureRandom()).of("tickets", 0).text();
        assertThat(again).isEqualTo(first);
        assertThat(Files.getPosixFilePermissions(directory.resolve("webhooks.key")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void a_secret_does_not_show_itself() {
        assertThat(new WebhookSecret(new byte[WebhookSecrets.BYTES]).toString())
                .doesNotContain("=");
    }
}
