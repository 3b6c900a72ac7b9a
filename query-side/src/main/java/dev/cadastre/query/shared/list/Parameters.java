package dev.cadastre.query.shared.list;

import dev.cadastre.http.problem.ProblemException;
import dev.cadastre.http.problem.ProblemType;
import dev.cadastre.http.problem.UnknownParameters;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The query parameters of a request, checked against those that the resource knows. */
public final class Parameters {

    private final Map<String, List<String>> values;

    private Parameters(Map<String, List<String>> values) {
        this.values = values;
    }

    /**
     * @throws ProblemException if there is one that the resource does not know; it lists those it
     *     knows
     */
    public static Parameters of(Map<String, List<String>> given, Collection<String> known) {
        UnknownParameters.refuse(given.keySet(), known);
        Map<String, List<String>> values = new LinkedHashMap<>();
        given.forEach(
                (name, texts) -> {
                    // A parameter without "=" has no value in some parsers: it reads as empty.
                    values.put(name, texts.stream().map(text -> text == null ? "" : text).toList());
                });
        return new Parameters(values);
    }

    /** All values of a parameter that may be repeated, in their order. */
    public List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    /** The value of a parameter that may be given once. */
    public @Nullable String one(String name) {
        List<String> texts = all(name);
        if (texts.size() > 1) {
            throw refused(name, name + " may be given only once.");
        }
        return texts.isEmpty() ? null : texts.getFirst();
    }

    /**
     * The value of a parameter that must be given, once.
     *
     * @param example a value, for those who gave none
     */
    public String required(String name, String example) {
        String text = one(name);
        if (text == null || text.isEmpty()) {
            throw refused(
                    name, name + " is missing. Say, for example, " + name + "=" + example + ".");
        }
        return text;
    }

    /** A whole number within bounds. */
    public long number(String name, long least, long most, long otherwise) {
        String text = one(name);
        if (text == null) {
            return otherwise;
        }
        try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // Told below, as for a number out of bounds.
        }
        throw refused(name, name + " is a whole number from " + least + " to " + most + ".");
    }

    /** True or false. */
    public boolean truth(String name, boolean otherwise) {
        return switch (one(name)) {
            case null -> otherwise;
            case "true" -> true;
            case "false" -> false;
            default -> throw refused(name, name + " is true or false.");
        };
    }

    /** Names separated by commas, in one or several values; empty if none was given. */
    public List<String> names(String name) {
        return all(name).stream()
                .flatMap(text -> List.of(text.split(",", -1)).stream())
                .map(String::strip)
                .peek(
                        one -> {
                            if (one.isEmpty()) {
                                throw refused(name, name + " holds names separated by commas.");
                            }
                        })
                .distinct()
                .toList();
    }

    /** The problem of a value that is not allowed. */
    public static ProblemException refused(String parameter, String detail) {
        return new ProblemException(ProblemType.INVALID, detail).of(parameter);
    }
}
