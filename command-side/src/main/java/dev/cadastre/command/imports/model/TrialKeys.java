package dev.cadastre.command.imports.model;

import dev.cadastre.command.people.keys.PersonKeys;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** Keys of people for a dry run: nothing of them outlives it. */
final class TrialKeys implements PersonKeys {

    private static final int KEY_BYTES = 32;

    private final Map<String, SecretKey> keys = new ConcurrentHashMap<>();
    private final SecureRandom random;

    TrialKeys(SecureRandom random) {
        this.random = random;
    }

    @Override
    public SecretKey keyFor(String keyId) {
        return keys.computeIfAbsent(keyId, _ -> drawn());
    }

    @Override
    public Optional<SecretKey> find(String keyId) {
        return Optional.ofNullable(keys.get(keyId));
    }

    private SecretKey drawn() {
        byte[] bytes = new byte[KEY_BYTES];
        random.nextBytes(bytes);
        return new SecretKeySpec(bytes, "AES");
    }
}
