package dev.cadastre.http.problem;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Refuses a request. The detail says what to do; {@code pointer} names the offending field as a
 * JSON Pointer, {@code parameter} the offending query parameter or header; further fields become
 * extension members. Not for sharing between threads before it is thrown.
 */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ProblemType type;
    private final transient Map<String, Object> fields = new LinkedHashMap<>();
    private @Nullable Duration retryAfter;

    public ProblemException(ProblemType type, String detail) {
        this(type, detail, null);
    }

    public ProblemException(ProblemType type, String detail, @Nullable Throwable cause) {
        super(detail, cause);
        this.type = type;
    }

    /** Adds an extension member; a null value is left out. */
    public ProblemException with(String name, @Nullable Object value) {
        if (value != null) {
            fields.put(name, value);
        }
        return this;
    }

    /** Names the offending field of the body, for example {@code /attributes/cores}. */
    public ProblemException at(String pointer) {
        return with("pointer", pointer);
    }

    /** Names the offending query parameter or header. */
    public ProblemException of(String parameter) {
        return with("parameter", parameter);
    }

    public ProblemException retryAfter(Duration duration) {
        this.retryAfter = duration;
        return this;
    }

    public ProblemType type() {
        return type;
    }

    public Map<String, Object> fields() {
        return fields;
    }

    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
