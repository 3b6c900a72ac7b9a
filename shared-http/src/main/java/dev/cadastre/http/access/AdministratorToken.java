package dev.cadastre.http.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The token with which a new register is first opened. */
public final class AdministratorToken {

    private static final String LABEL = "administrator";
    private static final String PRINCIPAL = "administrator";
    private static final int LEAST_LENGTH = 32;

    private AdministratorToken() {}

    /**
     * Makes sure that there is an administrator token. The first start creates one and keeps it in
     * {@code admin.token}, which the operator may delete; a chosen one is taken instead at every
     * start.
     *
     * @param chosen the token that the operator chose, or null
     * @return the token's text, or null where it is no longer known
     * @throws IllegalArgumentException if the chosen token is too short to be safe
     */
    public static @Nullable String ensure(
            TokenStore store, Path dataDirectory, @Nullable String chosen) {
        Path file = dataDirectory.resolve("admin.token");
        if (chosen != null) {
            if (chosen.length() < LEAST_LENGTH
                    || chosen.chars().anyMatch(c -> c <= ' ' || c > '~')) {
                throw new IllegalArgumentException(
                        "The administrator token must have at least "
                                + LEAST_LENGTH
                                + " printable ASCII characters without spaces.");
            }
            if (store.caller(chosen).isEmpty()) {
                store.add(
                        chosen,
                        LABEL,
                        PRINCIPAL,
                        Set.of(Role.ADMINISTRATOR),
                        EnumSet.allOf(Right.class));
            }
            return chosen;
        }
        try {
            if (store.list().isEmpty()) {
                String text =
                        store.create(
                                        LABEL,
                                        PRINCIPAL,
                                        Set.of(Role.ADMINISTRATOR),
                                        EnumSet.allOf(Right.class))
                                .text();
                PrivateFiles.createDirectory(dataDirectory);
                PrivateFiles.replace(
                        file, ByteBuffer.wrap((text + "\n").getBytes(StandardCharsets.US_ASCII)));
                return text;
            }
            if (!Files.exists(file)) {
                return null;
            }
            String kept = Files.readString(file, StandardCharsets.US_ASCII).strip();
            return store.caller(kept).isPresent() ? kept : null;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep the token in " + file, e);
        }
    }
}
