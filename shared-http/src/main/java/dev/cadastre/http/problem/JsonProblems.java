package dev.cadastre.http.problem;

import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/**
 * Says in a caller's words what is wrong with a JSON document; no class name gets through. Whoever
 * reads a request's JSON without Spring's codecs maps the exception here: elsewhere a {@link
 * JacksonException} is the server's fault.
 */
public final class JsonProblems {

    private JsonProblems() {}

    /** The problem that Jackson met while it read a request. */
    public static ProblemException of(JacksonException failure) {
        return switch (failure) {
            case StreamConstraintsException tooMuch ->
                    new ProblemException(
                            ProblemType.MALFORMED,
                            "The JSON is nested too deeply or holds an over-long name, text or"
                                    + " number"
                                    + place(tooMuch)
                                    + ".",
                            tooMuch);
            case InputCoercionException outOfBounds ->
                    new ProblemException(
                                    ProblemType.INVALID,
                                    "This number is out of bounds.",
                                    outOfBounds)
                            .at(pointer(outOfBounds));
            case StreamReadException unreadable ->
                    new ProblemException(
                            ProblemType.MALFORMED,
                            "This is not JSON" + place(unreadable) + ".",
                            unreadable);
            case UnrecognizedPropertyException unknown ->
                    new ProblemException(
                                    ProblemType.INVALID,
                                    "There is no field \""
                                            + unknown.getPropertyName()
                                            + "\" here."
                                            + known(unknown),
                                    unknown)
                            .at(pointer(unknown));
            case MismatchedInputException mismatch ->
                    new ProblemException(
                                    ProblemType.INVALID,
                                    mismatch.getPath().isEmpty()
                                                    && mismatch.getCurrentToken() == null
                                            ? "The body is empty or ends too early; send JSON."
                                            : "This value has the wrong type or form"
                                                    + expected(mismatch)
                                                    + ".",
                                    mismatch)
                            .at(pointer(mismatch));
            default -> {
                ProblemException refusal = refusalWithin(failure);
                yield refusal != null
                        ? refusal
                        : new ProblemException(ProblemType.INVALID, reasonWithin(failure), failure)
                                .at(pointer(failure));
            }
        };
    }

    /** Where in the document it happened, as a JSON Pointer (RFC 6901). */
    public static String pointer(JacksonException failure) {
        return failure.getPath().stream()
                .map(
                        step ->
                                step.getPropertyName() != null
                                        ? "/" + escaped(step.getPropertyName())
                                        : "/" + step.getIndex())
                .collect(Collectors.joining());
    }

    /** One step of a JSON Pointer: {@code ~} and {@code /} escaped. */
    public static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    private static String place(JacksonException failure) {
        var location = failure.getLocation();
        return location == null || location.getLineNr() < 1
                ? ""
                : ": line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private static String known(UnrecognizedPropertyException unknown) {
        var names = unknown.getKnownPropertyIds();
        return names == null || names.isEmpty()
                ? ""
                : names.stream()
                        .map(String::valueOf)
                        .sorted()
                        .collect(Collectors.joining(", ", " Known fields: ", "."));
    }

    private static String expected(MismatchedInputException mismatch) {
        Class<?> target = mismatch.getTargetType();
        if (target == null) {
            return "";
        }
        if (target == String.class) {
            return ": text is expected";
        }
        if (target == boolean.class || target == Boolean.class) {
            return ": true or false is expected";
        }
        if (target.isPrimitive() || Number.class.isAssignableFrom(target)) {
            return ": a whole number is expected";
        }
        if (Iterable.class.isAssignableFrom(target) || target.isArray()) {
            return ": an array is expected";
        }
        return target.isEnum()
                ? ": one of the allowed words is expected"
                : ": an object is expected";
    }

    private static @Nullable ProblemException refusalWithin(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProblemException problem) {
                return problem;
            }
        }
        return null;
    }

    private static String reasonWithin(JacksonException failure) {
        // A record's constructor refuses a value with a message that is meant for the caller.
        return failure.getCause() instanceof IllegalArgumentException refused
                        && refused.getMessage() != null
                ? "This value is not allowed: " + refused.getMessage()
                : "This value is not allowed.";
    }
}
