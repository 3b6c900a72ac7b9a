package dev.cadastre.command.people.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.crypto.SecretKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilePersonKeysTest {

    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir Path directory;

    @Test
    void a_key_is_the_same_after_opening_again() {
        SecretKey ada;
        SecretKey bob;
        try (FilePersonKeys keys = open()) {
            ada = keys.keyFor("ada");
            bob = keys.keyFor("bob");
            assertThat(keys.keyFor("ada")).isEqualTo(ada).isNotEqualTo(bob);
        }
        try (FilePersonKeys keys = open()) {
            assertThat(keys.find("ada")).contains(ada);
            assertThat(keys.keyFor("bob")).isEqualTo(bob);
            assertThat(keys.find("eve")).isEmpty();
        }
    }

    @Test
    void the_files_are_for_their_owner_only_and_hold_no_bare_key() throws IOException {
        SecretKey key;
        try (FilePersonKeys keys = open()) {
            key = keys.keyFor("ada");
        }

        for (String name : new String[] {"people.keys", "people.kek"}) {
            assertThat(Files.getPosixFilePermissions(directory.resolve(name)))
                    .containsExactlyInAnyOrder(
                            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        }
        assertThat(HexFormat.of().formatHex(Files.readAllBytes(directory.resolve("people.keys"))))
                .doesNotContain(HexFormat.of().formatHex(key.getEncoded()));
    }

    @Test
    void a_line_cut_short_by_a_crash_is_dropped_and_the_store_goes_on() throws IOException {
        SecretKey ada;
        try (FilePersonKeys keys = open()) {
            ada = keys.keyFor("ada");
        }
        Files.writeString(directory.resolve("people.keys"), "bob AAEC", StandardOpenOption.APPEND);

        SecretKey eve;
        try (FilePersonKeys keys = open()) {
            assertThat(keys.find("bob")).isEmpty();
            eve = keys.keyFor("eve");
        }
        try (FilePersonKeys keys = open()) {
            assertThat(keys.find("ada")).contains(ada);
            assertThat(keys.find("eve")).contains(eve);
        }
    }

    @Test
    void processes_that_share_the_directory_find_each_others_keys_and_make_none_twice() {
        try (FilePersonKeys here = open();
                FilePersonKeys there = open()) {
            SecretKey ada = here.keyFor("ada");
            SecretKey bob = there.keyFor("bob");

            assertThat(there.find("ada")).contains(ada);
            assertThat(here.keyFor("bob")).isEqualTo(bob);
            assertThat(there.find("eve")).isEmpty();
        }
    }

    @Test
    void keys_made_at_once_are_the_same_everywhere() throws Exception {
        int stores = 4;
        List<Map<String, SecretKey>> made = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(stores)) {
            List<Future<Map<String, SecretKey>>> running = new ArrayList<>();
            for (int store = 0; store < stores; store++) {
                running.add(threads.submit(this::twentyKeys));
            }
            for (Future<Map<String, SecretKey>> one : running) {
                made.add(one.get());
            }
        }

        assertThat(made).allSatisfy(keys -> assertThat(keys).isEqualTo(made.getFirst()));
    }

    private Map<String, SecretKey> twentyKeys() {
        Map<String, SecretKey> made = new HashMap<>();
        try (FilePersonKeys keys = open()) {
            for (int person = 0; person < 20; person++) {
                made.put("person-" + person, keys.keyFor("person-" + person));
            }
        }
        return made;
    }

    @Test
    void a_lost_or_foreign_key_encryption_key_is_refused() throws IOException {
        try (FilePersonKeys keys = open()) {
            keys.keyFor("ada");
        }
        Files.write(directory.resolve("people.kek"), new byte[32]);
        assertThatThrownBy(this::open)
                .isInstanceOf(KeyStoreException.class)
                .hasMessageContaining("Restore both files");

        Files.delete(directory.resolve("people.kek"));
        assertThatThrownBy(this::open)
                .isInstanceOf(KeyStoreException.class)
                .hasMessageContaining("people.kek is missing");
        assertThat(directory.resolve("people.kek")).doesNotExist();
    }

    @Test
    void two_keys_cannot_swap_their_names() throws IOException {
        try (FilePersonKeys keys = open()) {
            keys.keyFor("ada");
        }
        Path file = directory.resolve("people.keys");
        Files.writeString(file, Files.readString(file).replace("ada ", "bob "));

        assertThatThrownBy(this::open)
                .isInstanceOf(KeyStoreException.class)
                .hasMessageContaining("bob");
    }

    @Test
    void an_external_name_keeps_its_id_and_another_secret_gives_another() {
        ExternalNames names = ExternalNames.open(directory, RANDOM);
        String id = names.idOf("Ada Lovelace");

        assertThat(id).matches("person-[a-z2-7]{26}");
        assertThat(ExternalNames.open(directory, RANDOM).idOf("Ada Lovelace")).isEqualTo(id);
        assertThat(names.idOf("ada lovelace")).isNotEqualTo(id);
        assertThat(new ExternalNames(new byte[32]).idOf("Ada Lovelace")).isNotEqualTo(id);
    }

    @Test
    void an_id_is_lower_case_base32_without_padding() {
        byte[] bytes = HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f");

        assertThat(PersonIds.of(bytes)).isEqualTo("person-aaaqeayeaudaocajbifqydiob4");
    }

    private FilePersonKeys open() {
        return FilePersonKeys.open(directory, RANDOM);
    }
}
