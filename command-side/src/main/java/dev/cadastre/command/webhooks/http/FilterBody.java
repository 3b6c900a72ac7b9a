package dev.cadastre.command.webhooks.http;

import dev.cadastre.command.http.JsonObject;
import dev.cadastre.command.shared.TextRules;
import dev.cadastre.events.RegisterFacets;
import dev.cadastre.events.StreamId;
import dev.cadastre.events.json.EventJson;
import dev.cadastre.events.webhook.WebhookFilter;
import dev.cadastre.http.problem.ProblemException;
import dev.cadastre.http.problem.ProblemType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Reads the filter of a webhook, and refuses one that no event can ever pass by its words. */
final class FilterBody {

    private static final int TYPES = 50;
    private static final int STREAMS = 500;
    private static final int STREAM_LENGTH = 400;
    private static final int VALUES = 100;

    private static final TreeSet<String> KNOWN_TYPES =
            EventJson.types().stream()
                    .map(EventJson.Type::name)
                    .collect(Collectors.toCollection(TreeSet::new));
    private static final TreeSet<String> KNOWN_KINDS =
            KNOWN_TYPES.stream()
                    .map(type -> type.substring(0, type.indexOf('.')))
                    .collect(Collectors.toCollection(TreeSet::new));
    private static final TreeSet<String> KNOWN_FACETS =
            RegisterFacets.BY_KIND.values().stream()
                    .flatMap(List::stream)
                    .collect(Collectors.toCollection(TreeSet::new));

    private FilterBody() {}

    static WebhookFilter read(JsonObject body) {
        body.onlyFields("types", "kinds", "streams", "facets");
        List<String> types = body.texts("types", TYPES, TextRules.NAME);
        for (int i = 0; i < types.size(); i++) {
            if (!isKnownType(types.get(i))) {
                throw unknown(body.at("types") + "/" + i, "type of event", KNOWN_TYPES);
            }
        }
        List<String> kinds = body.texts("kinds", TYPES, TextRules.NAME);
        for (int i = 0; i < kinds.size(); i++) {
            if (!KNOWN_KINDS.contains(kinds.get(i))) {
                throw unknown(body.at("kinds") + "/" + i, "kind of stream", KNOWN_KINDS);
            }
        }
        List<String> streams = body.texts("streams", STREAMS, STREAM_LENGTH);
        for (int i = 0; i < streams.size(); i++) {
            if (!isStream(streams.get(i))) {
                throw new ProblemException(
                                ProblemType.INVALID,
                                "A stream is a kind and an id, for example ci:db-01. Kinds: "
                                        + String.join(", ", KNOWN_KINDS)
                                        + ".")
                        .at(body.at("streams") + "/" + i);
            }
        }
        return new WebhookFilter(types, kinds, streams, facets(body.objectOrEmpty("facets")));
    }

    private static Map<String, List<String>> facets(JsonObject body) {
        Map<String, List<String>> facets = new LinkedHashMap<>();
        for (String facet : body.fields()) {
            if (!KNOWN_FACETS.contains(facet)) {
                throw unknown(body.at(facet), "facet", KNOWN_FACETS);
            }
            List<String> values = body.texts(facet, VALUES, TextRules.NAME);
            if (values.isEmpty()) {
                throw new ProblemException(
                                ProblemType.INVALID,
                                "Name at least one value, or leave the facet out. \"\" stands for"
                                        + " an unknown value.")
                        .at(body.at(facet));
            }
            facets.put(facet, values);
        }
        return facets;
    }

    private static boolean isKnownType(String text) {
        if (!text.endsWith("*")) {
            return KNOWN_TYPES.contains(text);
        }
        String beginning = text.substring(0, text.length() - 1);
        return KNOWN_TYPES.stream().anyMatch(type -> type.startsWith(beginning));
    }

    private static boolean isStream(String text) {
        int colon = text.indexOf(':');
        return colon > 0
                && KNOWN_KINDS.contains(text.substring(0, colon))
                && TextRules.faultOfId(StreamId.parse(text).id()) == null;
    }

    private static ProblemException unknown(String pointer, String what, TreeSet<String> known) {
        return new ProblemException(
                        ProblemType.INVALID,
                        "There is no such "
                                + what
                                + ". There are "
                                + String.join(", ", known)
                                + ".")
                .at(pointer);
    }
}
