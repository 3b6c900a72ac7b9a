package dev.cadastre.command.assets.model;

import dev.cadastre.command.shared.Rejection;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How an asset was bought: {@code date}, {@code supplier}, {@code orderNumber} and {@code cost}.
 */
final class Purchase {

    private static final List<String> FIELDS = List.of("date", "supplier", "orderNumber", "cost");
    private static final List<String> MONEY = List.of("amount", "currency");
    private static final Pattern AMOUNT = Pattern.compile("(0|[1-9][0-9]{0,14})(\\.[0-9]{1,4})?");

    private Purchase() {}

    /** The purchase after a merge patch; null if nothing of it is left. */
    static @Nullable Map<String, Object> merged(
            @Nullable Object known, Map<?, ?> patch, String pointer) {
        Map<String, Object> merged = copyOf(known);
        patch.forEach(
                (name, value) -> {
                    String at = Texts.step(pointer, name);
                    requireField(FIELDS, name, at);
                    if (value == null) {
                        merged.remove(name);
                    } else {
                        merged.put((String) name, part((String) name, value, merged, at));
                    }
                });
        return merged.isEmpty() ? null : merged;
    }

    private static Object part(String name, Object value, Map<String, Object> known, String at) {
        return switch (name) {
            case "date" -> CalendarDate.of(at, value);
            case "cost" -> money(known.get(name), Texts.object(at, value), at);
            default -> Texts.line(at, value);
        };
    }

    private static Map<String, Object> money(
            @Nullable Object known, Map<?, ?> patch, String pointer) {
        Map<String, Object> merged = copyOf(known);
        patch.forEach(
                (name, value) -> {
                    String at = Texts.step(pointer, name);
                    requireField(MONEY, name, at);
                    merged.put(
                            (String) name,
                            name.equals("amount") ? amount(at, value) : currency(at, value));
                });
        if (merged.size() < MONEY.size()) {
            throw new Rejection.NotAllowed(
                    pointer,
                    "Money has an amount and a currency, for example {\"amount\":\"1234.50\","
                            + "\"currency\":\"EUR\"}.");
        }
        return merged;
    }

    private static String amount(String at, @Nullable Object value) {
        if (value instanceof String text && AMOUNT.matcher(text).matches()) {
            return text;
        }
        throw new Rejection.NotAllowed(
                at,
                "An amount is text of up to 15 digits and up to 4 decimals, for example"
                        + " \"1234.50\".");
    }

    private static String currency(String at, @Nullable Object value) {
        if (value instanceof String text) {
            try {
                return Currency.getInstance(text).getCurrencyCode();
            } catch (IllegalArgumentException unknown) {
                // Said below, together with what is no text at all.
            }
        }
        throw new Rejection.NotAllowed(
                at, "A currency is a code of ISO 4217, for example \"EUR\".");
    }

    private static void requireField(List<String> fields, Object name, String at) {
        if (!fields.contains(name)) {
            throw new Rejection.NotAllowed(
                    at,
                    "There is no such field here; there are " + String.join(", ", fields) + ".");
        }
    }

    private static Map<String, Object> copyOf(@Nullable Object known) {
        Map<String, Object> copy = new TreeMap<>();
        if (known instanceof Map<?, ?> object) {
            object.forEach((name, value) -> copy.put((String) name, value));
        }
        return copy;
    }
}
