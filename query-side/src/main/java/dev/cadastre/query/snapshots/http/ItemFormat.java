package dev.cadastre.query.snapshots.http;

import dev.cadastre.http.problem.ProblemException;
import dev.cadastre.http.problem.ProblemType;
import dev.cadastre.query.shared.http.ListFormat;
import dev.cadastre.query.shared.http.Preferred;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;

/** How the items of a snapshot can read. */
enum ItemFormat {
    /** One page. */
    PAGE(ListFormat.PAGE.type()),
    /** All of them, one JSON object a line. */
    NDJSON(ListFormat.NDJSON.type()),
    /** All of them, one row a line (RFC 4180). */
    CSV(ListFormat.CSV.type()),
    /** All of them as a workbook (ISO/IEC 29500), with a sheet that says what they are. */
    XLSX(
            MediaType.parseMediaType(
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"));

    private final MediaType type;

    ItemFormat(MediaType type) {
        this.type = type;
    }

    MediaType type() {
        return type;
    }

    /** The format that the caller likes best; a page where nothing is said. */
    static ItemFormat of(ServerRequest request) {
        return Preferred.of(request, List.of(values()), ItemFormat::type)
                .orElseThrow(
                        () ->
                                new ProblemException(
                                        ProblemType.NOT_ACCEPTABLE,
                                        "Items come as application/json (a page),"
                                                + " application/x-ndjson, text/csv or "
                                                + XLSX.type
                                                + " (all of them)."));
    }
}
