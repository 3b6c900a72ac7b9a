package dev.cadastre.query.shared.list;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** One field to sort by; {@code -field} means descending. */
public record SortKey(String field, boolean descending) {

    /**
     * Reads {@code sort}: fields separated by commas, or the parameter repeated.
     *
     * @param known the fields one may sort by
     */
    public static List<SortKey> parse(Parameters parameters, Collection<String> known) {
        List<SortKey> keys = new ArrayList<>();
        for (String text : parameters.names("sort")) {
            boolean descending = text.startsWith("-");
            String field = descending ? text.substring(1) : text;
            if (!known.contains(field)) {
                throw Parameters.refused(
                        "sort",
                        "One cannot sort by \""
                                + field
                                + "\", but by "
                                + String.join(", ", new TreeSet<>(known))
                                + "; a leading - means descending.");
            }
            keys.add(new SortKey(field, descending));
        }
        return keys;
    }

    @Override
    public String toString() {
        return descending ? "-" + field : field;
    }
}
