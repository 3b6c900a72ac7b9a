package dev.cadastre.http.problem;

/** The closed set of problem types. The URI is {@code https://cadastre.dev/problems/<slug>}. */
public enum ProblemType {
    MALFORMED("malformed", 400, "The request cannot be read"),
    INVALID("invalid", 400, "A value is not allowed"),
    UNAUTHENTICATED("unauthenticated", 401, "A valid token is needed"),
    FORBIDDEN("forbidden", 403, "The token does not allow this"),
    NOT_FOUND("not-found", 404, "There is no such thing"),
    METHOD_NOT_ALLOWED("method-not-allowed", 405, "The method is not allowed here"),
    NOT_ACCEPTABLE("not-acceptable", 406, "No such representation"),
    CONFLICT("conflict", 409, "The request clashes with recorded facts"),
    ILLEGAL_TRANSITION("illegal-transition", 409, "The lifecycle does not allow this transition"),
    VALUE_TAKEN("value-taken", 409, "Another one holds this unique value"),
    STILL_RUNNING("still-running", 409, "The first request with this key is still running"),
    STALE("stale", 412, "The thing is not as the request insists"),
    TOO_LARGE("too-large", 413, "The request is too large"),
    REQUEST_LINE_TOO_LONG("request-line-too-long", 414, "The request line is too long"),
    UNSUPPORTED_MEDIA_TYPE("unsupported-media-type", 415, "The media type is not understood"),
    WRONG_HOST("wrong-host", 421, "The request is meant for another host"),
    KEY_REUSED("key-reused", 422, "The idempotency key stands for another request"),
    TOO_MANY_REQUESTS("too-many-requests", 429, "Too many requests at once"),
    HEADERS_TOO_LARGE("headers-too-large", 431, "The headers are too large"),
    INTERNAL("internal", 500, "The server failed"),
    UNAVAILABLE("unavailable", 503, "The server cannot do this now");

    private final String slug;
    private final int status;
    private final String title;

    ProblemType(String slug, int status, String title) {
        this.slug = slug;
        this.status = status;
        this.title = title;
    }

    public String slug() {
        return slug;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }
}
