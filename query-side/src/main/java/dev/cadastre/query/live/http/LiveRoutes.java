package dev.cadastre.query.live.http;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import dev.cadastre.query.shared.http.Query;
import dev.cadastre.query.shared.list.Cursor;
import dev.cadastre.query.shared.list.Parameters;
import dev.cadastre.query.shared.live.LiveQuestion;
import dev.cadastre.query.shared.stream.LongStreams;
import dev.cadastre.query.shared.stream.StreamFormat;
import dev.cadastre.query.shared.stream.StreamSource;
import dev.cadastre.query.shared.time.CoordinateRequest;
import dev.cadastre.query.shared.time.CoordinateResolver;
import dev.cadastre.query.shared.time.Coordinates;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/** {@code GET live}: the answer of a view, and how it changes. */
public final class LiveRoutes {

    private static final String VIEW = "view";
    private static final String FOLLOW = "follow";

    private final LiveQueries queries;
    private final Map<String, LiveQuestion> questions;

    private LiveRoutes(LiveQueries queries, Map<String, LiveQuestion> questions) {
        this.queries = queries;
        this.questions = new TreeMap<>(questions);
    }

    /**
     * The route at {@code path}, for example {@code /api/v1/live}.
     *
     * @param questions by the name of their view
     */
    public static RouterFunction<ServerResponse> of(
            String path,
            LongStreams streams,
            LiveQueries queries,
            Map<String, LiveQuestion> questions) {
        LiveRoutes routes = new LiveRoutes(queries, questions);
        return route().GET(
                        path,
                        request ->
                                streams.open(
                                        request,
                                        (format, wake) -> routes.feed(request, format, wake)))
                .build();
    }

    private StreamSource feed(ServerRequest request, StreamFormat format, Runnable wake) {
        Parameters.of(request.queryParams(), parameters(questions.values()));
        LiveQuestion question = question(request);
        Parameters parameters = Parameters.of(request.queryParams(), parameters(List.of(question)));
        boolean follow = parameters.truth(FOLLOW, true);
        if (request.headers().firstHeader(CoordinateResolver.ACCEPT_DATETIME) != null) {
            throw Parameters.refused(
                    CoordinateResolver.ACCEPT_DATETIME,
                    "What was known then does not change. Ask the query itself.");
        }
        CoordinateResolver resolver = queries.resolver();
        CoordinateRequest wanted =
                new CoordinateRequest(
                        parameters.one(CoordinateResolver.AS_OF),
                        null,
                        null,
                        request.headers().firstHeader(CoordinateResolver.MIN_LOG_POSITION));
        Query query = new Query(request, parameters, wanted, resolver.resolve(wanted));
        @Nullable String seen = request.headers().firstHeader(LiveId.LAST_EVENT_ID);
        @Nullable LiveId last = seen == null || seen.isBlank() ? null : LiveId.parse(seen);
        Map<String, List<String>> asked = new TreeMap<>(request.queryParams());
        asked.remove(FOLLOW);
        String text = asked.toString();
        long digest = Cursor.digest(text);
        @Nullable Coordinates had =
                last != null && last.question() == digest ? last.coordinates(resolver) : null;
        LiveQuery shared = queries.join(text, question, query);
        Runnable leave = () -> queries.leave(text);
        try {
            return had == null
                    ? LiveFeed.ofAll(shared, digest, format, follow, wake, leave)
                    : LiveFeed.ofDiffering(
                            shared,
                            digest,
                            format,
                            follow,
                            wake,
                            leave,
                            shared.state().differingFrom(shared.stampsAt(had)));
        } catch (RuntimeException e) {
            leave.run();
            throw e;
        }
    }

    private static Set<String> parameters(Collection<LiveQuestion> questions) {
        Set<String> known = new HashSet<>(List.of(VIEW, FOLLOW));
        questions.forEach(question -> known.addAll(question.parameters()));
        return known;
    }

    private LiveQuestion question(ServerRequest request) {
        List<String> views = request.queryParams().getOrDefault(VIEW, List.of());
        LiveQuestion question =
                views.size() == 1 && views.getFirst() != null
                        ? questions.get(views.getFirst())
                        : null;
        if (question == null) {
            throw Parameters.refused(
                    VIEW,
                    "view is one of " + String.join(", ", new TreeSet<>(questions.keySet())) + ".");
        }
        return question;
    }
}
