package dev.cadastre.query.mementos.http;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import dev.cadastre.http.json.HttpJson;
import dev.cadastre.http.problem.ProblemException;
import dev.cadastre.http.problem.ProblemType;
import dev.cadastre.query.register.kinds.RegisterKind;
import dev.cadastre.query.register.model.RegisterQueries;
import dev.cadastre.query.register.model.TimeMap;
import dev.cadastre.query.shared.http.Answer;
import dev.cadastre.query.shared.http.Basis;
import dev.cadastre.query.shared.http.Preferred;
import dev.cadastre.query.shared.http.Query;
import dev.cadastre.query.shared.http.QueryHttp;
import dev.cadastre.query.shared.http.RowWindow;
import dev.cadastre.query.shared.list.Parameters;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * {@code GET {id}/timemap}: the past states of one thing (RFC 7089 section 5), as link-format or as
 * JSON. The list only ever grows at its end, so that places in it stay without fixed coordinates.
 */
public final class TimeMapRoutes {

    private static final String SUFFIX = "/timemap";
    private static final MediaType LINK_FORMAT =
            MediaType.parseMediaType("application/link-format");
    private static final List<MediaType> FORMATS = List.of(LINK_FORMAT, MediaType.APPLICATION_JSON);
    private static final Set<String> KNOWN = Set.of(RowWindow.LIMIT, RowWindow.OFFSET);

    private final RegisterKind kind;
    private final QueryHttp http;
    private final RegisterQueries entities;

    private TimeMapRoutes(RegisterKind kind, QueryHttp http, RegisterQueries entities) {
        this.kind = kind;
        this.http = http;
        this.entities = entities;
    }

    /** The route below {@code path}, for example {@code /api/v1/cis}. */
    public static RouterFunction<ServerResponse> of(
            String path, RegisterKind kind, QueryHttp http, RegisterQueries entities) {
        TimeMapRoutes routes = new TimeMapRoutes(kind, http, entities);
        return route().GET(
                        path + "/{id}" + SUFFIX,
                        request ->
                                routes.http.answerOverTime(
                                        request, KNOWN, Basis.POSITION, routes::timeMap))
                .build();
    }

    private Answer timeMap(Query query) {
        boolean json = isJsonWanted(query.request());
        Parameters parameters = query.parameters();
        int limit = (int) parameters.number(RowWindow.LIMIT, 1, TimeMapPage.MOST, TimeMapPage.MOST);
        long offset = RowWindow.offset(parameters, true);
        String id = query.request().pathVariable("id");
        TimeMap map =
                entities.timeMap(kind, id, query.coordinates().position())
                        .orElseThrow(() -> absent(id));
        String path = query.request().uri().getRawPath();
        String original = path.substring(0, path.length() - SUFFIX.length());
        TimeMapPage page = new TimeMapPage(original, path, map, offset, limit);
        byte[] bytes =
                json
                        ? HttpJson.mapper().writeValueAsBytes(page.json())
                        : page.linkFormat().getBytes(StandardCharsets.UTF_8);
        return new Answer.Whole(
                query.coordinates(), json ? MediaType.APPLICATION_JSON : LINK_FORMAT, bytes, null);
    }

    private ProblemException absent(String id) {
        return new ProblemException(
                        ProblemType.NOT_FOUND,
                        "Nothing was ever recorded of this "
                                + kind.word()
                                + ". Is the id right, and percent-encoded?")
                .with("id", id);
    }

    private static boolean isJsonWanted(ServerRequest request) {
        return Preferred.of(request, FORMATS, type -> type)
                .orElseThrow(
                        () ->
                                new ProblemException(
                                        ProblemType.NOT_ACCEPTABLE,
                                        "A TimeMap comes as application/link-format or as"
                                                + " application/json."))
                .equals(MediaType.APPLICATION_JSON);
    }
}
