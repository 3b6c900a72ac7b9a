package dev.cadastre.query.webhooks.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The vectors of {@code docs/formats/webhook-secret.md} were computed by another program. */
class WebhookSecretsTest {

    @TempDir private Path directory;

    @ParameterizedTest
    @CsvSource({
        "tickets, 0, whsec_WK31V4Wru+euox3vQIulZDkAXIwcclDx//mgxCGoQAs=",
        "tickets, 1, whsec_dQxKmkLnu9QXQda1gpmhSG2+xhmBEAQOZZs0YzHuesQ=",
        "büro/1, 0, whsec_UcWPeAd422eEb1Y8ABf1ixhHOopn6mRhyN6oQjPMDvM="
    })
    void a_secret_follows_from_the_key_the_subscription_and_the_generation(
            String subscription, int generation, String secret) throws Exception {
        byte[] key = new byte[WebhookSecrets.BYTES];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) i;
        }
        assertThat(new WebhookSecrets(key).of(subscription, generation).text()).isEqualTo(secret);
        assertThat(Files.readString(format())).contains("`" + secret + "`");
    }

    @Test
    void a_message_is_signed_as_the_libraries_of_receivers_check_it() {
        WebhookSecret secret =
                new WebhookSecret(Base64.getDecoder().decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
        String signed =
                WebhookSecret.signatures(
                        List.of(secret, secret),
                        "msg_p5jXN8AQM9LWM0D4loKWxJek",
                        1_614_265_330,
                        "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8));
        String once = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
        assertThat(signed).isEqualTo(once + " " + once);
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

    private static Path format() {
        return Path.of("..", "docs", "formats", "webhook-secret.md");
    }
}
