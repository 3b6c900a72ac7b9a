package dev.cadastre.command.assets.model;

import dev.cadastre.command.shared.Rejection;
import dev.cadastre.events.AttributeValues;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Bounds of what a caller may say of an asset. */
final class Texts {

    /** The longest text of a field, and the longest name of an attribute. */
    static final int FIELD_LENGTH = 300;

    /** The longest text of an attribute. */
    static final int ATTRIBUTE_LENGTH = 65_536;

    /** The most items of an array. */
    static final int ITEMS = 10_000;

    private Texts() {}

    /** A text of one line, neither empty nor with space around it. */
    static String line(String pointer, @Nullable Object value) {
        if (!(value instanceof String text)) {
            throw new Rejection.NotAllowed(pointer, "This is text, or null to take it away.");
        }
        if (text.isBlank() || !text.equals(text.strip())) {
            throw new Rejection.NotAllowed(
                    pointer, "This text is not empty and has no space around it.");
        }
        return bounded(pointer, text, FIELD_LENGTH);
    }

    /** The value of an attribute in its one Java form. */
    static Object attribute(String pointer, Object value) {
        Object normal;
        try {
            normal = AttributeValues.normal(value);
        } catch (IllegalArgumentException e) {
            throw new Rejection.NotAllowed(pointer, "Of an attribute, " + e.getMessage() + ".");
        }
        if (normal instanceof List<?> items) {
            if (items.size() > ITEMS) {
                throw new Rejection.NotAllowed(
                        pointer, "An array has at most " + ITEMS + " items.");
            }
            for (int i = 0; i < items.size(); i++) {
                if (items.get(i) instanceof String text) {
                    bounded(pointer + "/" + i, text, ATTRIBUTE_LENGTH);
                }
            }
        } else if (normal instanceof String text) {
            bounded(pointer, text, ATTRIBUTE_LENGTH);
        }
        return normal;
    }

    static Map<?, ?> object(String pointer, Object value) {
        if (value instanceof Map<?, ?> object) {
            return object;
        }
        throw new Rejection.NotAllowed(pointer, "This is an object, or null to take it away.");
    }

    static String bounded(String pointer, String text, int length) {
        if (text.codePointCount(0, text.length()) > length) {
            throw new Rejection.NotAllowed(
                    pointer, "This text has at most " + length + " characters.");
        }
        boolean readable =
                text.codePoints()
                        .allMatch(
                                c ->
                                        Character.getType(c) != Character.SURROGATE
                                                && (!Character.isISOControl(c)
                                                        || length > FIELD_LENGTH));
        if (!readable) {
            throw new Rejection.NotAllowed(
                    pointer, "This text holds a control character or half a character.");
        }
        return text;
    }

    /** One more step of a JSON Pointer (RFC 6901). */
    static String step(String pointer, Object name) {
        return pointer + "/" + name.toString().replace("~", "~0").replace("/", "~1");
    }
}
