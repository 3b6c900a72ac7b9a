package dev.cadastre.command.people.keys;

import dev.cadastre.http.access.PrivateFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Turns the name by which an imported file calls a person into that person's opaque id: the same
 * name always into the same id, and no id back into a name without the secret. Thread-safe.
 */
public final class ExternalNames {

    private static final int ID_BYTES = 16;

    private final SecretKeySpec secret;

    ExternalNames(byte[] secret) {
        this.secret = new SecretKeySpec(secret, "HmacSHA256");
    }

    /** Opens the secret in the file {@code import.secret} of this directory, or draws one. */
    public static ExternalNames open(Path directory, SecureRandom random) {
        Path file = directory.resolve("import.secret");
        try {
            return new ExternalNames(PrivateFiles.readOrDraw(file, AesGcm.KEY_BYTES, random));
        } catch (IOException e) {
            throw new KeyStoreException("Cannot read the secret " + file + ".", e);
        }
    }

    /** The id of the person that goes by this name in imported files. */
    public String idOf(String externalName) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(secret);
            byte[] code = mac.doFinal(externalName.getBytes(StandardCharsets.UTF_8));
            return PersonIds.of(Arrays.copyOf(code, ID_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA256 is part of every JDK", e);
        }
    }
}
