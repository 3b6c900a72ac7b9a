package dev.cadastre.query.temporal;

import java.util.Arrays;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A filter in the numbers of one kind. */
final class RowFilter {

    private final Rows rows;
    private final Vocabulary vocabulary;
    private final Filter.Presence presence;
    private final @Nullable Predicate<String> id;
    private final int[] facets;
    private final int[][] values;

    RowFilter(Filter filter, KindIndex kind) {
        rows = kind.rows;
        vocabulary = kind.vocabulary;
        presence = filter.presence();
        id = filter.id();
        facets = filter.facets().keySet().stream().mapToInt(vocabulary.kind()::facet).toArray();
        values = new int[facets.length][];
        for (int i = 0; i < facets.length; i++) {
            int facet = facets[i];
            Set<@Nullable String> texts =
                    filter.facets().get(vocabulary.kind().facets().get(facet));
            values[i] =
                    texts.stream()
                            .mapToInt(text -> vocabulary.value(facet, text))
                            .filter(value -> value >= 0 && value < kind.values(facet))
                            .sorted()
                            .toArray();
        }
    }

    boolean matches(int row) {
        // Facet columns are the narrower ones, and most rows fail here.
        for (int i = 0; i < facets.length; i++) {
            if (!among(values[i], rows.value(row, facets[i]))) {
                return false;
            }
        }
        return presence.admits(rows.present(row))
                && (id == null || id.test(vocabulary.id(rows.entity(row))));
    }

    /** Whether a value of a facet is allowed. */
    boolean admits(int facet, int value) {
        for (int i = 0; i < facets.length; i++) {
            if (facets[i] == facet) {
                return among(values[i], value);
            }
        }
        return true;
    }

    private static boolean among(int[] allowed, int value) {
        return allowed.length == 1 ? allowed[0] == value : Arrays.binarySearch(allowed, value) >= 0;
    }

    /** Whether the present entities can be counted by one facet's values alone. */
    boolean countsPresent() {
        return presence == Filter.Presence.PRESENT && id == null;
    }

    /** How many facets are restricted. */
    int facets() {
        return facets.length;
    }

    int facet(int place) {
        return facets[place];
    }

    /** The values allowed of a restricted facet, ascending. */
    int[] values(int place) {
        return values[place];
    }

    /** Whether nothing can match: a facet is restricted to values that nobody ever had. */
    boolean matchesNothing() {
        return Arrays.stream(values).anyMatch(allowed -> allowed.length == 0);
    }
}
