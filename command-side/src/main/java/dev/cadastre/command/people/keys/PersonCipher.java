package dev.cadastre.command.people.keys;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.SecretKey;

/**
 * Encrypts and decrypts what the log holds of a person. Format: {@code
 * docs/formats/person-ciphertext.md}. Thread-safe.
 */
public final class PersonCipher {

    /** Plaintexts are filled up to a multiple of this, so that a name's length does not show. */
    static final int BLOCK = 64;

    private final PersonKeys keys;
    private final SecureRandom random;

    public PersonCipher(PersonKeys keys, SecureRandom random) {
        this.keys = keys;
        this.random = random;
    }

    /**
     * Where a ciphertext lies. It is authenticated with it, so that a ciphertext moved elsewhere
     * does not decrypt.
     *
     * @param field name of the property of the event's JSON
     */
    public record Place(String stream, long sequenceNumber, String field) {

        byte[] associatedData() {
            byte[] streamBytes = stream.getBytes(StandardCharsets.UTF_8);
            byte[] fieldBytes = field.getBytes(StandardCharsets.UTF_8);
            return ByteBuffer.allocate(
                            Integer.BYTES
                                    + streamBytes.length
                                    + Long.BYTES
                                    + Integer.BYTES
                                    + fieldBytes.length)
                    .putInt(streamBytes.length)
                    .put(streamBytes)
                    .putLong(sequenceNumber)
                    .putInt(fieldBytes.length)
                    .put(fieldBytes)
                    .array();
        }
    }

    /** Base64 of nonce and ciphertext of a JSON text, under the key of this name. */
    public String encrypt(String keyId, Place place, String json) {
        byte[] nonce = new byte[AesGcm.NONCE_BYTES];
        random.nextBytes(nonce);
        return encrypt(keys.keyFor(keyId), nonce, place, json);
    }

    /**
     * The JSON text; empty if its key was destroyed.
     *
     * @throws KeyStoreException if there is a key but the ciphertext is not of this place and key
     */
    public Optional<String> decrypt(String keyId, Place place, String ciphertext) {
        return keys.find(keyId)
                .map(
                        key ->
                                decrypt(key, place, ciphertext)
                                        .orElseThrow(
                                                () ->
                                                        new KeyStoreException(
                                                                "What the log holds at "
                                                                        + place
                                                                        + " does not decrypt under"
                                                                        + " the key "
                                                                        + keyId
                                                                        + ". Restore the key store"
                                                                        + " that belongs to this"
                                                                        + " log.",
                                                                null)));
    }

    static String encrypt(SecretKey key, byte[] nonce, Place place, String json) {
        byte[] text = json.getBytes(StandardCharsets.UTF_8);
        byte[] plaintext = Arrays.copyOf(text, Math.ceilDiv(text.length, BLOCK) * BLOCK);
        Arrays.fill(plaintext, text.length, plaintext.length, (byte) ' ');
        return Base64.getEncoder()
                .encodeToString(AesGcm.encrypt(key, nonce, place.associatedData(), plaintext));
    }

    static Optional<String> decrypt(SecretKey key, Place place, String ciphertext) {
        return AesGcm.decrypt(key, place.associatedData(), Base64.getDecoder().decode(ciphertext))
                .map(plaintext -> new String(plaintext, StandardCharsets.UTF_8).stripTrailing());
    }
}
