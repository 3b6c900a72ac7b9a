package dev.cadastre.command.people.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.cadastre.command.shared.Rejection;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a person is called and how to reach them. Never stored or logged as it is. */
@JsonPropertyOrder({"email", "name"})
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PersonDetails(String name, @Nullable String email) {

    private static final int LENGTH = 300;
    private static final Pattern EMAIL = Pattern.compile("[^\\s@]+@[^\\s@]+");

    /**
     * Details that a caller gave.
     *
     * @throws Rejection.NotAllowed if they are no name and address
     */
    public static PersonDetails checked(@Nullable String name, @Nullable String email) {
        if (name == null || name.isBlank() || !isReadable(name)) {
            throw new Rejection.NotAllowed(
                    "/name",
                    "A person has a name of at most "
                            + LENGTH
                            + " characters, none of them a control character.");
        }
        if (email != null && !(isReadable(email) && EMAIL.matcher(email).matches())) {
            throw new Rejection.NotAllowed(
                    "/email", "This is an e-mail address of at most " + LENGTH + " characters.");
        }
        return new PersonDetails(name, email);
    }

    private static boolean isReadable(String text) {
        return text.codePointCount(0, text.length()) <= LENGTH
                && text.codePoints()
                        .noneMatch(
                                c ->
                                        Character.isISOControl(c)
                                                || Character.getType(c) == Character.SURROGATE);
    }

    /** Tells nothing, so that it can stand in a log file. */
    @Override
    public String toString() {
        return "PersonDetails[...]";
    }
}
