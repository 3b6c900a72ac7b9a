package dev.cadastre.query.shared.http;

import dev.cadastre.http.problem.ProblemException;
import dev.cadastre.http.problem.ProblemType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;

/** How a list can read. */
public enum ListFormat {
    /** One page. */
    PAGE(MediaType.APPLICATION_JSON),
    /** All of it, one JSON object a line. */
    NDJSON(MediaType.APPLICATION_NDJSON),
    /** All of it, one row a line (RFC 4180). */
    CSV(new MediaType("text", "csv", StandardCharsets.UTF_8));

    private final MediaType type;

    ListFormat(MediaType type) {
        this.type = type;
    }

    public MediaType type() {
        return type;
    }

    /** The format that the caller likes best; a page where nothing is said. */
    public static ListFormat of(ServerRequest request) {
        return Preferred.of(request, List.of(values()), ListFormat::type)
                .orElseThrow(
                        () ->
                                new ProblemException(
                                        ProblemType.NOT_ACCEPTABLE,
                                        "A list comes as application/json (a page),"
                                                + " application/x-ndjson or text/csv (all of"
                                                + " it)."));
    }
}
