package dev.cadastre.query.temporal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ColumnsTest {

    @Test
    void a_narrow_column_keeps_numbers_of_any_width() {
        NarrowColumn column = new NarrowColumn();
        int[] widths = {1, 200, 255, 256, 40_000, 65_535, 65_536, Integer.MAX_VALUE};
        Random random = new Random(1);
        int[] numbers =
                IntStream.range(0, 60_000)
                        .map(row -> random.nextInt(widths[Math.min(row / 7_500, 7)]))
                        .toArray();
        for (int row = 0; row < numbers.length; row++) {
            column.set(row, numbers[row]);
        }
        for (int row = 0; row < numbers.length; row++) {
            assertThat(column.get(row)).isEqualTo(numbers[row]);
        }
    }

    @Test
    void the_last_start_is_found_among_instants_however_far_apart() {
        Random random = new Random(4);
        for (int i = 0; i < 5_000; i++) {
            long[] starts = random.longs(random.nextInt(20)).sorted().toArray();
            if (starts.length > 2) {
                starts[0] = Long.MIN_VALUE;
                starts[starts.length - 1] = Long.MAX_VALUE;
            }
            long asOf =
                    switch (i % 4) {
                        case 0 -> Long.MIN_VALUE;
                        case 1 -> Long.MAX_VALUE;
                        case 2 -> starts.length == 0 ? 0 : starts[i % starts.length];
                        default -> random.nextLong();
                    };
            long atOrBefore = LongStream.of(starts).filter(start -> start <= asOf).count();
            assertThat(TimelineBlocks.lastAt(starts, 0, starts.length, asOf))
                    .isEqualTo((int) atOrBefore - 1);
        }
    }

    @Test
    void a_set_holds_the_same_whether_it_is_sparse_or_dense() {
        EntitySet set = new EntitySet();
        Set<Integer> added = new TreeSet<>();
        Random random = new Random(3);
        for (int i = 0; i < 3_000; i++) {
            int entity = random.nextInt(20_000);
            if (added.add(entity)) {
                set.add(entity);
            }
            assertThat(set.size()).isEqualTo(added.size());
        }
        assertThat(set.isDense()).isTrue();
        List<Integer> seen = new ArrayList<>();
        set.forEach(seen::add);
        assertThat(seen).containsExactlyElementsOf(added);
        assertThat(IntStream.range(0, 30_000).filter(set::contains).boxed().toList())
                .containsExactlyElementsOf(added);
    }

    @Test
    void ids_are_walked_in_order_however_they_arrived() {
        Random random = new Random(2);
        List<Integer> arrivals = new ArrayList<>(IntStream.range(0, 5_000).boxed().toList());
        walksInOrder(arrivals);
        Collections.reverse(arrivals);
        walksInOrder(arrivals);
        Collections.shuffle(arrivals, random);
        walksInOrder(arrivals);
    }

    private static void walksInOrder(List<Integer> arrivals) {
        KindVocabulary vocabulary = new KindVocabulary(History.KIND);
        IdOrder order = new IdOrder(vocabulary);
        for (int number : arrivals) {
            order.add(vocabulary.internEntity("id-%05d".formatted(number)));
        }
        for (int after : new int[] {-1, 0, 511, 512, 2_600, 4_999}) {
            int entity = after < 0 ? -1 : vocabulary.entity("id-%05d".formatted(after));
            List<String> up = new ArrayList<>();
            order.walk(entity, false, each -> up.add(vocabulary.id(each)));
            assertThat(up)
                    .isEqualTo(
                            IntStream.range(after + 1, 5_000)
                                    .mapToObj("id-%05d"::formatted)
                                    .toList());
            List<String> down = new ArrayList<>();
            order.walk(entity, true, each -> down.add(vocabulary.id(each)));
            assertThat(down)
                    .isEqualTo(
                            IntStream.range(0, after < 0 ? 5_000 : after)
                                    .mapToObj("id-%05d"::formatted)
                                    .toList()
                                    .reversed());
        }
        int first = vocabulary.entity("id-00007");
        int second = vocabulary.entity("id-04000");
        assertThat(order.compare(first, second)).isNegative();
        assertThat(order.compare(second, first)).isPositive();
        assertThat(order.compare(first, first)).isZero();
    }

    @Property(tries = 200)
    void interned_things_keep_their_numbers(@ForAll @IntRange(max = 10_000) int things) {
        Interner<String> interner = Interner.ofTexts();
        for (int thing = 0; thing < things; thing++) {
            assertThat(interner.find("thing-" + thing)).isEqualTo(-1);
            assertThat(interner.intern("thing-" + thing)).isEqualTo(thing);
        }
        for (int thing = 0; thing < things; thing++) {
            assertThat(interner.intern("thing-" + thing)).isEqualTo(thing);
            assertThat(interner.get(thing)).isEqualTo("thing-" + thing);
        }
        assertThat(interner.size()).isEqualTo(things);
    }
}
