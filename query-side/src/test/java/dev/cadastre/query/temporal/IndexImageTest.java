package dev.cadastre.query.temporal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class IndexImageTest {

    private static byte[] image(TemporalIndex index) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        index.save(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static TemporalIndex load(byte[] image) throws IOException {
        return TemporalIndex.load(
                History.KINDS, new DataInputStream(new ByteArrayInputStream(image)));
    }

    @Property(tries = 300)
    void an_index_read_from_its_image_answers_the_same(
            @ForAll long seed, @ForAll @IntRange(max = 40) int commits) throws IOException {
        History history = History.of(seed, commits);
        TemporalIndex loaded = load(image(history.index));
        assertThat(answers(loaded, history)).isEqualTo(answers(history.index, history));
        assertThat(image(loaded)).isEqualTo(image(history.index));
    }

    private static List<Object> answers(TemporalIndex index, History history) {
        Random random = new Random(history.position());
        return index.read(
                view -> {
                    List<Object> answers = new ArrayList<>();
                    answers.add(view.position());
                    answers.add(view.recordedAt());
                    answers.add(Arrays.toString(view.root()));
                    KindView kind = view.kind("ci");
                    for (int i = 0; i < 5; i++) {
                        Coordinates at = history.randomCoordinates(random);
                        answers.add(kind.counts(Filter.ALL, List.of("owner", "status"), at));
                        answers.add(kind.counts(Filter.ALL, List.of("status"), at));
                        answers.add(kind.page(Filter.ALL, at, PageRequest.byId(0, 5)));
                        answers.add(kind.differences(at, history.randomCoordinates(random)));
                        if (kind.vocabulary().entities() > 0) {
                            answers.add(kind.impact(0, at, Impact.Direction.DEPENDENTS, 3, null));
                        }
                    }
                    return answers;
                });
    }

    @Property(tries = 100)
    void an_index_read_from_its_image_takes_further_commits(
            @ForAll long seed, @ForAll @IntRange(max = 30) int commits) throws IOException {
        // A longer history begins as a shorter one of the same seed does.
        History whole = new History(seed, new History.Shape(5, 12, 3));
        whole.grow(commits, 4);
        TemporalIndex loaded = load(image(whole.index));
        int position = whole.position();
        Vocabulary vocabulary = loaded.vocabulary("ci");
        int entity = vocabulary.internEntity("new");
        CommitChanges next =
                new CommitChanges(
                        position + 1,
                        1_000_000,
                        List.of(
                                new VersionChange.Began(
                                        "ci",
                                        entity,
                                        0,
                                        position + 1,
                                        5,
                                        true,
                                        new int[] {vocabulary.internValue(0, "fresh"), 0, 0},
                                        0)));
        loaded.apply(List.of(next), new byte[0]);
        Page page =
                loaded.read(
                        view ->
                                view.kind("ci")
                                        .page(
                                                Filter.ALL.where("class", "fresh"),
                                                new Coordinates(5, position + 1),
                                                PageRequest.byId(0, 9)));
        assertThat(page.items()).extracting(Version::entity).containsExactly(entity);
    }

    @Test
    void every_flipped_byte_is_noticed() throws IOException {
        byte[] image = image(History.of(3, 20).index);
        for (int place = 0; place < image.length; place++) {
            byte[] damaged = image.clone();
            damaged[place] ^= 0x10;
            assertThatThrownBy(() -> load(damaged))
                    .as("byte %d of %d", place, image.length)
                    .isInstanceOf(DamagedImage.class)
                    .hasMessageContaining("rebuild the index from the log");
        }
    }

    @Test
    void every_early_end_is_noticed() throws IOException {
        byte[] image = image(History.of(4, 20).index);
        for (int length = 0; length < image.length; length++) {
            byte[] cut = Arrays.copyOf(image, length);
            assertThatThrownBy(() -> load(cut)).isInstanceOf(DamagedImage.class);
        }
    }

    @Test
    void an_image_of_other_kinds_is_refused() throws IOException {
        byte[] image = image(History.of(5, 5).index);
        List<EntityKind> others =
                List.of(new EntityKind("ci", List.of("class", "status")), History.OTHER);
        assertThatThrownBy(
                        () ->
                                TemporalIndex.load(
                                        others,
                                        new DataInputStream(new ByteArrayInputStream(image))))
                .isInstanceOf(DamagedImage.class)
                .hasMessageContaining("other kinds");
    }

    @Test
    void texts_of_any_script_survive() throws IOException {
        TemporalIndex index = new TemporalIndex(History.KINDS);
        List<String> ids = List.of("schön", "日本/1", "half \ud800", "");
        ids.forEach(index.vocabulary("ci")::internEntity);
        Vocabulary loaded = load(image(index)).vocabulary("ci");
        assertThat(List.of(loaded.id(0), loaded.id(1), loaded.id(2), loaded.id(3))).isEqualTo(ids);
    }

    @Test
    void the_image_of_an_empty_index_is_as_documented() throws IOException {
        TemporalIndex index = new TemporalIndex(List.of(new EntityKind("k", List.of("f"))));
        index.apply(List.of(new CommitChanges(2, 7, List.of())), new byte[] {(byte) 0xab});
        assertThat(HexFormat.of().formatHex(image(index)))
                .isEqualTo(
                        "63616461737472652d696e6465780a" // magic
                                + "00000002" // format version
                                + "00000045" // length of the frame
                                + "00000001ab" // root hash
                                + "00000001" // one commit
                                + "000000020000000000000007" // its last position, recorded at
                                + "00000001" // one kind
                                + "00000001016b" // its name
                                + "00000001" // one facet
                                + "000000010166" // its name
                                + "00000000" // values
                                + "00000000" // entities
                                + "00000000" // relation types
                                + "00000000" // relation sets
                                + "00000000" // ids in order
                                + "00000000" // versions
                                + "00000000" // of them believed
                                + "31d54cb4" // checksum
                                + "0000000031d54cb4"); // the empty frame that ends it
    }
}
