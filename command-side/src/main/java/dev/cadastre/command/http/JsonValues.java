package dev.cadastre.command.http;

import dev.cadastre.command.shared.TextRules;
import dev.cadastre.events.AttributeValues;
import dev.cadastre.http.problem.ProblemException;
import dev.cadastre.http.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Single values of a request's JSON. What does not fit is refused with the JSON Pointer that says
 * where it is.
 */
final class JsonValues {

    private JsonValues() {}

    /** Text, a whole number, true or false, or an array of these. */
    static Object value(String where, JsonNode value) {
        if (!value.isArray()) {
            return scalar(where, value);
        }
        if (value.size() > JsonObject.ITEMS) {
            throw invalid(where, "An array holds at most " + JsonObject.ITEMS + " items.");
        }
        List<Object> items = new ArrayList<>(value.size());
        for (JsonNode item : value) {
            items.add(scalar(where + "/" + items.size(), item));
        }
        return items;
    }

    private static Object scalar(String where, JsonNode value) {
        if (value.isString()) {
            return checked(
                    where,
                    value.stringValue(),
                    TextRules.faultOf(value.stringValue(), TextRules.VALUE));
        }
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        if (value.isNumber()) {
            return wholeNumber(where, value);
        }
        throw invalid(
                where, "A value is text, a whole number, true or false, or an array of these.");
    }

    /** A whole number that every reader of JSON keeps exactly. */
    static Long wholeNumber(String where, JsonNode value) {
        if (!value.isIntegralNumber()
                || !value.canConvertToLong()
                || value.longValue() > AttributeValues.LARGEST_NUMBER
                || value.longValue() < -AttributeValues.LARGEST_NUMBER) {
            throw invalid(
                    where,
                    "A whole number within ±(2^53-1) is expected here. Write decimals as text.");
        }
        return value.longValue();
    }

    /** The text, unless it has a fault. */
    static String checked(String where, String text, @Nullable String fault) {
        if (fault != null) {
            throw invalid(
                    where, "The text \"" + shortened(text) + "\" is not allowed: " + fault + ".");
        }
        return text;
    }

    /** A text as a message may show it. */
    static String shortened(String text) {
        String printable = text.replaceAll("[\\p{Cntrl}\\p{Cs}]", "?");
        return printable.length() <= 60 ? printable : printable.substring(0, 60) + "…";
    }

    static ProblemException invalid(String where, String detail) {
        return new ProblemException(ProblemType.INVALID, detail).at(where);
    }
}
