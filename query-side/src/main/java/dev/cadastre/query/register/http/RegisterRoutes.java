package dev.cadastre.query.register.http;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import dev.cadastre.http.problem.ProblemException;
import dev.cadastre.http.problem.ProblemType;
import dev.cadastre.http.time.InstantText;
import dev.cadastre.query.register.kinds.RegisterKind;
import dev.cadastre.query.register.model.Entity;
import dev.cadastre.query.register.model.Existence;
import dev.cadastre.query.register.model.Found.Absent;
import dev.cadastre.query.register.model.Found.Present;
import dev.cadastre.query.register.model.RegisterLists;
import dev.cadastre.query.register.model.RegisterQueries;
import dev.cadastre.query.register.model.TimeMap;
import dev.cadastre.query.shared.http.Answer;
import dev.cadastre.query.shared.http.Basis;
import dev.cadastre.query.shared.http.ListFormat;
import dev.cadastre.query.shared.http.PastStates;
import dev.cadastre.query.shared.http.Query;
import dev.cadastre.query.shared.http.QueryHttp;
import dev.cadastre.query.shared.http.RowWindow;
import dev.cadastre.query.shared.list.Cursor;
import dev.cadastre.query.shared.list.Parameters;
import dev.cadastre.query.shared.time.Coordinates;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/** Lists, single entities and single versions of one kind. */
public final class RegisterRoutes {

    private static final int DEFAULT_LIMIT = 50;
    private static final int MOST_LIMIT = 1_000;

    private final RegisterKind kind;
    private final QueryHttp http;
    private final RegisterQueries entities;
    private final RegisterLists lists;

    private RegisterRoutes(
            RegisterKind kind, QueryHttp http, RegisterQueries entities, RegisterLists lists) {
        this.kind = kind;
        this.http = http;
        this.entities = entities;
        this.lists = lists;
    }

    /** The routes below {@code path}, for example {@code /api/v1/cis}. */
    public static RouterFunction<ServerResponse> of(
            String path,
            RegisterKind kind,
            QueryHttp http,
            RegisterQueries entities,
            RegisterLists lists) {
        RegisterRoutes routes = new RegisterRoutes(kind, http, entities, lists);
        return route().GET(
                        path, request -> http.answer(request, ListQuery.known(kind), routes::list))
                .GET(
                        path + "/{id}",
                        request -> http.answer(request, List.of(), _ -> Basis.ITSELF, routes::one))
                .GET(
                        path + "/{id}/versions/{number}",
                        request ->
                                http.answer(request, List.of(), _ -> Basis.ITSELF, routes::version))
                .build();
    }

    private Answer list(Query query) {
        ListFormat format = ListFormat.of(query.request());
        ListQuery list = ListQuery.of(query, kind);
        if (format == ListFormat.PAGE) {
            return page(query, list);
        }
        for (String unpaged : List.of(ListQuery.LIMIT, ListQuery.CURSOR, ListQuery.OFFSET)) {
            if (!query.parameters().all(unpaged).isEmpty()) {
                throw Parameters.refused(
                        unpaged,
                        unpaged
                                + " is for pages; as "
                                + format.type().toString()
                                + " the whole result comes.");
            }
        }
        boolean raw = query.parameters().truth(ListQuery.RAW, false);
        Iterator<List<byte[]>> all = lists.all(list.selection(), list.order(), query.coordinates());
        return new Answer.Streamed(
                query.coordinates(), format.type(), text(format, list.fields(), raw, all));
    }

    private static Iterator<byte[]> text(
            ListFormat format, BodyFields fields, boolean raw, Iterator<List<byte[]>> all) {
        if (format == ListFormat.NDJSON) {
            return mapped(all, chunk -> JsonPage.lines(chunk.stream().map(fields::of).toList()));
        }
        CsvRows rows = new CsvRows(fields.names(), raw);
        Iterator<byte[]> chunks = mapped(all, rows::rows);
        return Stream.concat(
                        Stream.of(rows.header()),
                        Stream.generate(() -> chunks)
                                .takeWhile(Iterator::hasNext)
                                .map(Iterator::next))
                .iterator();
    }

    private static Iterator<byte[]> mapped(
            Iterator<List<byte[]>> chunks, Function<List<byte[]>, byte[]> mapping) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return chunks.hasNext();
            }

            @Override
            public byte[] next() {
                return mapping.apply(chunks.next());
            }
        };
    }

    private Answer page(Query query, ListQuery list) {
        Parameters parameters = query.parameters();
        int limit = (int) parameters.number(ListQuery.LIMIT, 1, MOST_LIMIT, DEFAULT_LIMIT);
        long offset = RowWindow.offset(query.parameters(), query.isFixed());
        Coordinates at = query.coordinates();
        String text = parameters.one(ListQuery.CURSOR);
        if (text != null) {
            if (!parameters.all(ListQuery.OFFSET).isEmpty()) {
                throw Parameters.refused(
                        ListQuery.OFFSET, "Send either a cursor or an offset, not both.");
            }
            Cursor cursor = Cursor.decode(text, list.digest());
            http.resolver().awaitHeld(ListQuery.CURSOR, cursor.coordinates().position());
            at = cursor.coordinates();
            offset = cursor.offset();
        }
        RegisterLists.Part part =
                lists.part(list.selection(), list.order(), at, Math.toIntExact(offset), limit);
        long end = offset + part.bodies().size();
        String next =
                end < part.total() && !part.bodies().isEmpty()
                        ? new Cursor(at, end, list.digest()).encode()
                        : null;
        List<byte[]> bodies = part.bodies().stream().map(list.fields()::of).toList();
        return Answer.json(at, JsonPage.page(bodies, next, part.total()));
    }

    private Answer one(Query query) {
        String id = query.request().pathVariable("id");
        return switch (entities.one(kind, id, query.coordinates())) {
            case Present(Entity entity) -> answer(query, entity, pastStates(query, id));
            case Absent(Existence existence) -> throw absent(id, query, existence);
        };
    }

    /** An answer that lies off the line of what was known when it was true has no neighbours. */
    private PastStates pastStates(Query query, String id) {
        Coordinates at = query.coordinates();
        return at.isMemento() || query.wanted().isNow()
                ? timeMap(id).map(map -> Mementos.around(at.asOf(), map)).orElse(Mementos.NONE)
                : Mementos.NONE;
    }

    private Optional<TimeMap> timeMap(String id) {
        return entities.timeMap(kind, id, http.resolver().view().horizon().position());
    }

    private Answer version(Query query) {
        String id = query.request().pathVariable("id");
        int number = number(query.request().pathVariable("number"));
        return entities.version(kind, id, number, query.coordinates())
                .map(entity -> answer(query, entity, null))
                .orElseThrow(
                        () ->
                                new ProblemException(
                                        ProblemType.NOT_FOUND,
                                        "There is no version "
                                                + number
                                                + " of this "
                                                + noun()
                                                + " as known at "
                                                + InstantText.format(query.coordinates().knownAt())
                                                + "."));
    }

    private static Answer answer(Query query, Entity entity, @Nullable PastStates past) {
        Coordinates at = query.coordinates();
        String etag = etag(entity);
        return query.isKnown(etag)
                ? new Answer.Known(at, etag, past)
                : new Answer.Whole(
                        at, MediaType.APPLICATION_JSON, entity.body(), etag, past, List.of());
    }

    private static String etag(Entity entity) {
        return "\"" + entity.sequenceNumber() + "." + entity.version() + "\"";
    }

    private static int number(String text) {
        try {
            int number = Integer.parseInt(text);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // Told below, as for a negative number.
        }
        throw new ProblemException(
                        ProblemType.INVALID,
                        "A version is a whole number from 0, not \"" + text + "\".")
                .of("number");
    }

    private ProblemException absent(String id, Query query, Existence existence) {
        Coordinates at = query.coordinates();
        String instant =
                InstantText.format(at.asOf()) + ", as known at " + InstantText.format(at.knownAt());
        String detail =
                existence.intervals().isEmpty()
                        ? "No " + noun() + " has this id at " + instant + "."
                        : "This "
                                + noun()
                                + " is not there at "
                                + instant
                                + ". It was: see existed.";
        long beginsAt = http.resolver().view().beginsAt();
        return new ProblemException(ProblemType.NOT_FOUND, detail)
                .with("id", id)
                .with("asOf", InstantText.format(at.asOf()))
                .with("knownAt", InstantText.format(at.knownAt()))
                .with("position", at.position())
                .with(
                        "logBegins",
                        at.position() < 0 && beginsAt != Long.MAX_VALUE
                                ? InstantText.format(beginsAt)
                                : null)
                .with(
                        "timemap",
                        timeMap(id).map(_ -> Mementos.addressOf(query.request())).orElse(null))
                .with(
                        "existed",
                        existence.intervals().isEmpty()
                                ? null
                                : existence.intervals().stream()
                                        .map(RegisterRoutes::text)
                                        .toList());
    }

    private static Map<String, String> text(Existence.Interval interval) {
        Map<String, String> text = new LinkedHashMap<>();
        text.put("from", InstantText.format(interval.from()));
        if (interval.to() != Existence.OPEN) {
            text.put("to", InstantText.format(interval.to()));
        }
        return text;
    }

    private String noun() {
        return kind == RegisterKind.CI ? "CI" : "asset";
    }
}
