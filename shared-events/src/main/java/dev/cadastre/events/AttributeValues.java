package dev.cadastre.events;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The values an attribute can have: text, a whole number within ±(2<sup>53</sup>−1), true or false,
 * or an array of these. In Java: {@link String}, {@link Long}, {@link Boolean}, {@link List}.
 */
public final class AttributeValues {

    /** The largest whole number that every JSON reader keeps exactly (RFC 8259 section 6). */
    public static final long LARGEST_NUMBER = 9_007_199_254_740_991L;

    private AttributeValues() {}

    /**
     * An immutable, key-sorted copy with each value in its one Java form ({@code Integer} becomes
     * {@code Long}); {@code null} reads as empty.
     *
     * @throws IllegalArgumentException if a value is of no allowed kind; the message names the
     *     attribute
     */
    public static Map<String, Object> copyOf(@Nullable Map<String, ?> attributes) {
        if (attributes == null || attributes.isEmpty()) {
            return Map.of();
        }
        TreeMap<String, Object> copy = new TreeMap<>();
        attributes.forEach(
                (name, value) -> {
                    try {
                        copy.put(name, normal(value));
                    } catch (IllegalArgumentException e) {
                        throw new IllegalArgumentException(
                                "attribute \"" + name + "\": " + e.getMessage(), e);
                    }
                });
        return Collections.unmodifiableMap(copy);
    }

    /** The one Java form of a value. */
    public static Object normal(@Nullable Object value) {
        return switch (value) {
            case String text -> text;
            case Boolean truth -> truth;
            case Long number -> withinBounds(number);
            case Integer number -> number.longValue();
            case Collection<?> items -> {
                List<Object> normal = new ArrayList<>(items.size());
                for (Object item : items) {
                    if (item instanceof Collection) {
                        throw new IllegalArgumentException("an array holds no arrays");
                    }
                    normal.add(normal(item));
                }
                yield Collections.unmodifiableList(normal);
            }
            case null, default ->
                    throw new IllegalArgumentException(
                            "a value is text, a whole number, true or false, or an array of these");
        };
    }

    private static Long withinBounds(Long number) {
        if (number > LARGEST_NUMBER || number < -LARGEST_NUMBER) {
            throw new IllegalArgumentException("a whole number lies within ±(2^53-1)");
        }
        return number;
    }
}
