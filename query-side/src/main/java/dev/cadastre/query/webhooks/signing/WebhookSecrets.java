package dev.cadastre.query.webhooks.signing;

import dev.cadastre.http.access.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * Derives the secret of each subscription from one key, so that none is stored: HKDF-SHA256 (RFC
 * 5869), see {@code docs/formats/webhook-secret.md}. Thread-safe.
 */
public final class WebhookSecrets {

    /** Bytes of the key and of each secret. */
    static final int BYTES = 32;

    private static final String PURPOSE = "cadastre webhook secret v1";

    private final byte[] key;

    WebhookSecrets(byte[] key) {
        this.key = key.clone();
    }

    /**
     * Opens the key in the file {@code webhooks.key} of a directory, or draws one where there is
     * none.
     *
     * @throws UncheckedIOException if it cannot be read or written
     * @throws IllegalStateException if the file holds no key
     */
    public static WebhookSecrets open(Path directory, SecureRandom random) {
        Path file = directory.resolve("webhooks.key");
        try {
            byte[] key = PrivateFiles.readOrDraw(file, BYTES, random);
            if (key.length != BYTES) {
                throw new IllegalStateException(
                        file + " does not hold " + BYTES + " bytes. Restore it from the backup.");
            }
            return new WebhookSecrets(key);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the key of webhooks " + file, e);
        }
    }

    /** The secret of a generation of a subscription. */
    public WebhookSecret of(String subscription, int generation) {
        byte[] info =
                (PURPOSE + "\n" + generation + "\n" + subscription)
                        .getBytes(StandardCharsets.UTF_8);
        try {
            return new WebhookSecret(
                    KDF.getInstance("HKDF-SHA256")
                            .deriveData(
                                    HKDFParameterSpec.ofExtract()
                                            .addIKM(key)
                                            .thenExpand(info, BYTES)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HKDF-SHA256 is part of every JDK from 25 on", e);
        }
    }
}
