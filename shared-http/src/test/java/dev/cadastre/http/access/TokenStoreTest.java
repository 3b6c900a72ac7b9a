package dev.cadastre.http.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenStoreTest {

    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2026-03-31T10:00:00Z"), ZoneOffset.UTC);

    @TempDir Path directory;

    private Path trust() {
        return directory.resolve("trust");
    }

    @Test
    void a_token_opens_what_it_was_made_for() {
        TokenStore store = TokenStore.open(trust(), CLOCK);

        var created =
                store.create("nightly import", null, Set.of(Role.IMPORTER), Set.of(Right.BACKDATE));

        Caller caller = store.caller(created.text()).orElseThrow();
        assertThat(caller.has(Role.IMPORTER)).isTrue();
        assertThat(caller.has(Role.OPERATOR)).isFalse();
        assertThat(caller.has(Right.BACKDATE)).isTrue();
        assertThat(caller.has(Right.CORRECT)).isFalse();
        assertThat(store.caller(created.text() + "x")).isEmpty();
    }

    @Test
    void the_text_of_a_token_is_not_kept_and_the_file_is_private() throws IOException {
        var created =
                TokenStore.open(trust(), CLOCK)
                        .create("reader", null, Set.of(Role.READER), Set.of());

        Path file = trust().resolve("tokens.json");
        assertThat(Files.readString(file)).doesNotContain(created.text());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(trust())))
                .isEqualTo("rwx------");
    }

    @Test
    void tokens_outlive_the_process() {
        var created =
                TokenStore.open(trust(), CLOCK)
                        .create("reader", "person-1", Set.of(Role.READER), Set.of());

        assertThat(TokenStore.open(trust(), CLOCK).caller(created.text()))
                .hasValueSatisfying(caller -> assertThat(caller.principal()).isEqualTo("person-1"));
    }

    @Test
    void a_revoked_token_opens_nothing_and_stays_on_the_list() {
        TokenStore store = TokenStore.open(trust(), CLOCK);
        var created = store.create("reader", null, Set.of(Role.READER), Set.of());

        assertThat(store.revoke(created.token().id())).isTrue();

        assertThat(store.caller(created.text())).isEmpty();
        assertThat(store.revoke(created.token().id())).isFalse();
        assertThat(store.list()).singleElement().extracting(Token::revokedAt).isNotNull();
    }

    @Test
    void the_first_start_makes_one_administrator_token_and_keeps_it() throws IOException {
        TokenStore store = TokenStore.open(trust(), CLOCK);
        Path data = directory.resolve("data");

        String text = AdministratorToken.ensure(store, data, null);

        assertThat(store.caller(text).orElseThrow().has(Right.CORRECT)).isTrue();
        Path file = data.resolve("admin.token");
        assertThat(Files.readString(file).strip()).isEqualTo(text);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(AdministratorToken.ensure(store, data, null)).isEqualTo(text);
        assertThat(store.list()).hasSize(1);
    }

    @Test
    void a_deleted_administrator_token_is_not_made_again() throws IOException {
        TokenStore store = TokenStore.open(trust(), CLOCK);
        Path data = directory.resolve("data");
        AdministratorToken.ensure(store, data, null);
        Files.delete(data.resolve("admin.token"));

        assertThat(AdministratorToken.ensure(store, data, null)).isNull();
        assertThat(data.resolve("admin.token")).doesNotExist();
    }

    @Test
    void a_chosen_administrator_token_is_taken_and_not_written_down() {
        TokenStore store = TokenStore.open(trust(), CLOCK);
        Path data = directory.resolve("data");
        String chosen = "chosen-by-the-operator-0123456789";

        assertThat(AdministratorToken.ensure(store, data, chosen)).isEqualTo(chosen);

        assertThat(store.caller(chosen)).isPresent();
        assertThat(data.resolve("admin.token")).doesNotExist();
    }

    @Test
    void a_short_administrator_token_is_refused() {
        TokenStore store = TokenStore.open(trust(), CLOCK);

        assertThatThrownBy(() -> AdministratorToken.ensure(store, directory, "secret"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
