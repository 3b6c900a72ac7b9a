package dev.cadastre.command.people.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadastre.command.people.keys.PersonCipher.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PersonCipherTest {

    private static final Path FORMAT = Path.of("../docs/formats/person-ciphertext.md");
    private static Map<String, String> vector;

    @TempDir Path directory;

    @BeforeAll
    static void reads_the_vector_of_the_format_page() throws IOException {
        vector =
                Files.readAllLines(FORMAT).stream()
                        .dropWhile(line -> !line.equals("```"))
                        .skip(1)
                        .takeWhile(line -> !line.equals("```"))
                        .map(line -> line.split(" +", 2))
                        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }

    @Test
    void the_vector_of_the_format_page_is_what_is_written() {
        assertThat(HexFormat.of().formatHex(place().associatedData()))
                .isEqualTo(vector.get("associated"));
        assertThat(
                        PersonCipher.encrypt(
                                key(),
                                HexFormat.of().parseHex(vector.get("nonce")),
                                place(),
                                vector.get("plaintext")))
                .isEqualTo(vector.get("ciphertext"));
    }

    @Test
    void the_vector_of_the_format_page_is_read() {
        assertThat(PersonCipher.decrypt(key(), place(), vector.get("ciphertext")))
                .contains(vector.get("plaintext"));
    }

    @Test
    void a_ciphertext_moved_elsewhere_does_not_decrypt() {
        String ciphertext = vector.get("ciphertext");

        assertThat(PersonCipher.decrypt(key(), new Place("person:b", 0, "ciphertext"), ciphertext))
                .isEmpty();
        assertThat(
                        PersonCipher.decrypt(
                                key(),
                                new Place(vector.get("stream"), 1, "ciphertext"),
                                ciphertext))
                .isEmpty();
        assertThat(
                        PersonCipher.decrypt(
                                key(), new Place(vector.get("stream"), 0, "name"), ciphertext))
                .isEmpty();
    }

    @Test
    void a_changed_bit_anywhere_does_not_decrypt() {
        byte[] sealed = Base64.getDecoder().decode(vector.get("ciphertext"));
        for (int bit = 0; bit < sealed.length * 8; bit++) {
            byte[] changed = sealed.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);

            assertThat(
                            PersonCipher.decrypt(
                                    key(), place(), Base64.getEncoder().encodeToString(changed)))
                    .as("bit %d", bit)
                    .isEmpty();
        }
    }

    @Test
    void the_length_of_a_name_does_not_show() {
        try (FilePersonKeys keys = FilePersonKeys.open(directory, new SecureRandom())) {
            PersonCipher cipher = new PersonCipher(keys, new SecureRandom());

            assertThat(cipher.encrypt("key-1", place(), "{\"name\":\"Bo\"}"))
                    .hasSameSizeAs(cipher.encrypt("key-1", place(), "{\"name\":\"Bartholomew\"}"))
                    .isNotEqualTo(cipher.encrypt("key-1", place(), "{\"name\":\"Bo\"}"));
        }
    }

    @Test
    void without_its_key_a_ciphertext_is_empty_and_under_another_one_it_is_a_fault() {
        try (FilePersonKeys keys = FilePersonKeys.open(directory, new SecureRandom())) {
            PersonCipher cipher = new PersonCipher(keys, new SecureRandom());
            String ciphertext = cipher.encrypt("key-1", place(), "{\"name\":\"Ada\"}");
            keys.keyFor("key-2");

            assertThat(cipher.decrypt("key-1", place(), ciphertext)).contains("{\"name\":\"Ada\"}");
            assertThat(cipher.decrypt("key-0", place(), ciphertext)).isEmpty();
            assertThatThrownBy(() -> cipher.decrypt("key-2", place(), ciphertext))
                    .isInstanceOf(KeyStoreException.class)
                    .hasMessageContaining("key-2");
        }
    }

    private static Place place() {
        return new Place(
                vector.get("stream"), Long.parseLong(vector.get("sequence")), vector.get("field"));
    }

    private static SecretKey key() {
        return new SecretKeySpec(HexFormat.of().parseHex(vector.get("key")), "AES");
    }
}
