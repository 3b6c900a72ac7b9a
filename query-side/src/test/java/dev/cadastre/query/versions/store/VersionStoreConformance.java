package dev.cadastre.query.versions.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every version store does. An adapter's test extends this and says how to open one. */
public abstract class VersionStoreConformance {

    @TempDir Path directory;

    private VersionStore store;

    /** Opens the store that lies in the directory, or makes it. */
    protected abstract VersionStore open(Path directory);

    @BeforeEach
    protected void openStore() {
        store = open(directory);
    }

    @AfterEach
    protected void closeStore() {
        store.close();
    }

    @Test
    void a_new_store_is_at_the_beginning() {
        assertThat(store.token()).isEqualTo(TrackingToken.NOTHING);
    }

    @Test
    void bodies_are_read_in_the_order_of_the_keys_asked_for() {
        store.write(List.of(body(3, 0, "{a}"), body(4, 1, "{b}"), body(4, 2, "{c}")), token(4, 7));
        assertThat(texts(key(4, 2), key(3, 0), key(4, 1), key(3, 0)))
                .containsExactly("{c}", "{a}", "{b}", "{a}");
    }

    @Test
    void the_token_moves_with_the_bodies() {
        store.write(List.of(body(0, 0, "{}")), token(0, 1));
        store.write(List.of(), token(9, 2));
        assertThat(store.token()).isEqualTo(token(9, 2));
    }

    @Test
    void everything_is_there_after_the_store_was_closed_and_opened() {
        store.write(List.of(body(0, 0, "{\"x\":\"é\"}")), token(0, 1));
        store.close();
        store = open(directory);
        assertThat(store.token()).isEqualTo(token(0, 1));
        assertThat(texts(key(0, 0))).containsExactly("{\"x\":\"é\"}");
    }

    @Test
    void a_body_is_immutable_and_may_be_written_again() {
        store.write(List.of(body(1, 0, "{first}")), token(1, 1));
        store.write(List.of(body(1, 0, "{again}"), body(2, 0, "{new}")), token(2, 2));
        assertThat(texts(key(1, 0), key(2, 0))).containsExactly("{first}", "{new}");
    }

    @Test
    void a_missing_body_is_named() {
        store.write(List.of(body(1, 0, "{}")), token(1, 1));
        assertThatThrownBy(() -> store.read(List.of(key(1, 0), key(1, 5))))
                .isInstanceOfSatisfying(
                        MissingBody.class,
                        missing -> assertThat(missing.key()).isEqualTo(key(1, 5)));
    }

    @Test
    void a_cleared_store_holds_nothing() {
        store.write(List.of(body(1, 0, "{}")), token(1, 1));
        store.clear();
        assertThat(store.token()).isEqualTo(TrackingToken.NOTHING);
        assertThatThrownBy(() -> store.read(List.of(key(1, 0)))).isInstanceOf(MissingBody.class);
        store.write(List.of(body(1, 0, "{other}")), token(1, 3));
        assertThat(texts(key(1, 0))).containsExactly("{other}");
    }

    @Test
    void bodies_of_any_length_and_content_come_back_as_they_were() {
        Random random = new Random(20_240_612);
        List<Body> bodies = new ArrayList<>();
        for (int length : new int[] {2, 3, 5, 6, 7, 100, 2_048, 8_192, 70_000, 1_500_000}) {
            byte[] noise = new byte[length];
            random.nextBytes(noise);
            noise[0] = '{';
            bodies.add(new Body("e", key(length, 0), noise));
            byte[] dull = new byte[length];
            Arrays.fill(dull, (byte) 'x');
            dull[0] = '{';
            bodies.add(new Body("e", key(length, 1), dull));
        }
        store.write(bodies, token(1_500_000, 1));
        List<byte[]> read = store.read(bodies.stream().map(Body::key).toList());
        for (int i = 0; i < bodies.size(); i++) {
            assertThat(read.get(i)).isEqualTo(bodies.get(i).json());
        }
    }

    @Test
    void a_body_larger_than_a_database_likes_comes_back_as_it_was() {
        byte[] large = new byte[20 << 20];
        new Random(20_250_101).nextBytes(large);
        large[0] = '{';
        store.write(List.of(body(0, 0, "{}"), new Body("e", key(1, 0), large)), token(1, 1));
        store.write(List.of(new Body("e", key(1, 0), large), body(2, 0, "{2}")), token(2, 2));
        assertThat(store.read(List.of(key(1, 0))).getFirst()).isEqualTo(large);
        assertThat(texts(key(2, 0))).containsExactly("{2}");
    }

    @Test
    void a_token_never_moves_back() {
        store.write(List.of(body(0, 0, "{0}"), body(1, 0, "{1}")), token(1, 2));
        store.write(List.of(body(0, 0, "{0}")), token(0, 1));
        assertThat(store.token()).isEqualTo(token(1, 2));
    }

    @Test
    void bodies_that_resemble_each_other_come_back_as_they_were() {
        List<Body> bodies = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            String text = "{\"same in all\":\"" + "x".repeat(i % 60) + "\",\"n\":" + i * i + "}";
            byte[] json = text.getBytes(StandardCharsets.UTF_8);
            bodies.add(new Body("entity " + i % 7, key(i, i / 7), json));
        }
        store.write(bodies.subList(0, 250), token(249, 1));
        store.close();
        store = open(directory);
        store.write(bodies.subList(250, 500), token(499, 1));
        List<byte[]> read = store.read(bodies.reversed().stream().map(Body::key).toList());
        for (int i = 0; i < bodies.size(); i++) {
            assertThat(read.get(i)).isEqualTo(bodies.get(499 - i).json());
        }
    }

    @Test
    void many_threads_read_while_one_writes() throws Exception {
        store.write(List.of(body(0, 0, "{0}")), token(0, 1));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> readers = new ArrayList<>();
            for (int reader = 0; reader < 32; reader++) {
                readers.add(
                        threads.submit(
                                () -> {
                                    for (int i = 0; i < 100; i++) {
                                        assertThat(texts(key(0, 0))).containsExactly("{0}");
                                        long last = store.token().position();
                                        assertThat(texts(key(last, 0)))
                                                .containsExactly("{" + last + "}");
                                    }
                                }));
            }
            for (int position = 1; position <= 200; position++) {
                store.write(List.of(body(position, 0, "{" + position + "}")), token(position, 1));
            }
            for (Future<?> reader : readers) {
                reader.get();
            }
        }
        assertThat(store.token().position()).isEqualTo(200);
    }

    private List<String> texts(BodyKey... keys) {
        return store.read(List.of(keys)).stream()
                .map(json -> new String(json, StandardCharsets.UTF_8))
                .toList();
    }

    private static BodyKey key(long position, int version) {
        return new BodyKey(position, version);
    }

    private static Body body(long position, int version, String json) {
        return new Body("entity", key(position, version), json.getBytes(StandardCharsets.UTF_8));
    }

    private static TrackingToken token(long position, int seed) {
        byte[] root = new byte[32];
        Arrays.fill(root, (byte) seed);
        return new TrackingToken(position, root);
    }
}
