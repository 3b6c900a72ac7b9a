package dev.cadastre.query.register.fold;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Values by name, sorted by name. Immutable. Two arrays instead of a tree: a state is copied with
 * every change, and copying an array is nearly free.
 */
public final class SortedValues {

    public static final SortedValues NONE = new SortedValues(new String[0], new Object[0]);

    private final String[] names;
    private final Object[] values;

    private SortedValues(String[] names, Object[] values) {
        this.names = names;
        this.values = values;
    }

    public static SortedValues of(Map<String, Object> values) {
        if (values.isEmpty()) {
            return NONE;
        }
        TreeMap<String, Object> sorted = new TreeMap<>(values);
        return new SortedValues(sorted.keySet().toArray(String[]::new), sorted.values().toArray());
    }

    public int size() {
        return names.length;
    }

    public @Nullable Object get(String name) {
        int at = Arrays.binarySearch(names, name);
        return at < 0 ? null : values[at];
    }

    /** Visits all in the order of their names. */
    public void forEach(BiConsumer<String, Object> visitor) {
        for (int i = 0; i < names.length; i++) {
            visitor.accept(names[i], values[i]);
        }
    }

    /** These values, less those unset, with those set. A name in both ends up set. */
    public SortedValues changed(Map<String, Object> set, Collection<String> unset) {
        if (set.isEmpty() && unset.isEmpty()) {
            return this;
        }
        if (allKnown(set.keySet()) && unset.isEmpty()) {
            return withValues(set);
        }
        Set<String> gone = unset.isEmpty() ? Set.of() : new TreeSet<>(unset);
        TreeMap<String, Object> sorted = new TreeMap<>();
        forEach(
                (name, value) -> {
                    if (!gone.contains(name)) {
                        sorted.put(name, value);
                    }
                });
        sorted.putAll(set);
        return of(sorted);
    }

    private boolean allKnown(Set<String> wanted) {
        for (String name : wanted) {
            if (Arrays.binarySearch(names, name) < 0) {
                return false;
            }
        }
        return true;
    }

    private SortedValues withValues(Map<String, Object> set) {
        Object[] copy = values.clone();
        set.forEach((name, value) -> copy[Arrays.binarySearch(names, name)] = value);
        return new SortedValues(names, copy);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || other instanceof SortedValues that
                        && Arrays.equals(names, that.names)
                        && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(names) + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("{");
        forEach((name, value) -> text.append(name).append('=').append(value).append(' '));
        return text.append('}').toString();
    }
}
