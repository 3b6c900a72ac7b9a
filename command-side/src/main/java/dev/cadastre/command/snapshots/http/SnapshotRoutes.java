package dev.cadastre.command.snapshots.http;

import dev.cadastre.command.http.CommandRoute;
import dev.cadastre.command.http.JsonObject;
import dev.cadastre.command.shared.TextRules;
import dev.cadastre.command.snapshots.model.CoordinateSearch;
import dev.cadastre.command.snapshots.model.CoordinateSearch.Knowledge;
import dev.cadastre.command.snapshots.model.ScopeRules;
import dev.cadastre.command.snapshots.model.TakeSnapshot;
import dev.cadastre.events.snapshot.SnapshotEvent.SnapshotTaken;
import dev.cadastre.events.snapshot.SnapshotScope;
import dev.cadastre.eventstore.axon.TimeOrderedIdentifiers;
import dev.cadastre.http.problem.ProblemException;
import dev.cadastre.http.problem.ProblemType;
import dev.cadastre.http.time.DayEdge;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Where snapshots are taken. */
public final class SnapshotRoutes {

    private static final String SNAPSHOTS = "/api/v1/snapshots";
    private static final String KNOWN_AT = "knownAt";
    private static final String SCOPE = "scope";
    private static final int PURPOSE = 4_000;
    private static final String POSITION_PREFIX = "position:";
    private static final Pattern POSITION = Pattern.compile("-1|\\d{1,18}");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final CoordinateSearch search;

    public SnapshotRoutes(CoordinateSearch search) {
        this.search = search;
    }

    /** All of them. */
    public List<CommandRoute> routes() {
        return List.of(
                CommandRoute.registering(SNAPSHOTS, (_, body) -> take(body))
                        .telling(last -> Map.of("snapshot", JSON.readTree(last.payload()))));
    }

    private TakeSnapshot take(JsonObject body) {
        body.onlyFields("id", "name", "purpose", "asOf", KNOWN_AT, SCOPE);
        String given = body.id("id");
        String name = body.requiredName("name");
        String purpose = body.text("purpose", PURPOSE);
        SnapshotScope scope = scope(body.object(SCOPE));
        return new TakeSnapshot(
                given == null ? TimeOrderedIdentifiers.next().toString() : given,
                new SnapshotTaken(
                        name,
                        purpose,
                        scope,
                        search.find(body.instant("asOf", DayEdge.LAST), knowledge(body))));
    }

    private static Knowledge knowledge(JsonObject body) {
        String text = body.text(KNOWN_AT, 100);
        if (text == null) {
            return new Knowledge.Everything();
        }
        if (!text.startsWith(POSITION_PREFIX)) {
            Long instant = body.instant(KNOWN_AT, DayEdge.LAST);
            return new Knowledge.RecordedBy(instant == null ? 0 : instant);
        }
        String position = text.substring(POSITION_PREFIX.length());
        if (!POSITION.matcher(position).matches()) {
            throw refused(
                    body.at(KNOWN_AT), "A position is a whole number from -1: position:41336.");
        }
        return new Knowledge.UpTo(Long.parseLong(position));
    }

    private static SnapshotScope scope(@Nullable JsonObject scope) {
        if (scope == null) {
            return SnapshotScope.ALL;
        }
        scope.onlyFields("kind", "facets");
        Map<String, List<String>> facets = new LinkedHashMap<>();
        JsonObject asked = scope.objectOrEmpty("facets");
        asked.values().forEach((facet, value) -> facets.put(facet, texts(asked.at(facet), value)));
        return ScopeRules.checked(scope.name("kind"), facets, "/" + SCOPE);
    }

    /** One text, several, or null for a value that is unknown. */
    private static List<String> texts(String pointer, @Nullable Object value) {
        return switch (value) {
            case null -> List.of("");
            case String text -> List.of(checked(pointer, text));
            case List<?> several ->
                    several.stream()
                            .map(
                                    each -> {
                                        if (each instanceof String text) {
                                            return checked(pointer, text);
                                        }
                                        throw noText(pointer);
                                    })
                            .toList();
            default -> throw noText(pointer);
        };
    }

    private static String checked(String pointer, String text) {
        String fault = TextRules.faultOf(text, TextRules.NAME);
        if (fault != null) {
            throw refused(pointer, "The text is not allowed: " + fault + ".");
        }
        return text;
    }

    private static ProblemException noText(String pointer) {
        return refused(
                pointer,
                "A facet has a text, an array of texts, or null where its value is unknown.");
    }

    private static ProblemException refused(String pointer, String detail) {
        return new ProblemException(ProblemType.INVALID, detail).at(pointer);
    }
}
