package dev.cadastre.query.events.http;

import dev.cadastre.events.StreamId;
import dev.cadastre.events.asset.AssetField;
import dev.cadastre.events.json.EventJson;
import dev.cadastre.http.problem.ProblemException;
import dev.cadastre.http.problem.ProblemType;
import dev.cadastre.query.events.model.EventSelection;
import dev.cadastre.query.register.kinds.KindParameter;
import dev.cadastre.query.register.kinds.RegisterKind;
import dev.cadastre.query.shared.facts.StreamKinds;
import dev.cadastre.query.shared.list.FacetParameters;
import dev.cadastre.query.shared.list.Parameters;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * Which part of the log is asked for.
 *
 * @param after the position that the client has seen; the next one comes first
 * @param until the last position that is looked at; {@link Long#MAX_VALUE} for no end
 * @param limit after how many events the stream ends; {@link Long#MAX_VALUE} for no limit
 */
record EventRequest(long after, long until, long limit, EventSelection selection) {

    static final String LAST_EVENT_ID = "Last-Event-ID";

    private static final String AFTER = "after";
    private static final String UNTIL = "until";
    private static final String LIMIT = "limit";
    private static final String FOLLOW = "follow";
    private static final String TYPE = "type";

    /** The facet {@code type} of assets: here that word asks for the type of the event. */
    private static final String ASSET_TYPE = "assetType";

    private static final String STREAM = "stream";
    private static final String KIND = "kind";

    private static final Set<String> TYPES =
            EventJson.types().stream().map(EventJson.Type::name).collect(Collectors.toSet());

    private static final Set<String> KNOWN = known();

    private static Set<String> known() {
        Set<String> known = new HashSet<>(KindParameter.facets());
        known.addAll(List.of(AFTER, UNTIL, LIMIT, FOLLOW, TYPE, ASSET_TYPE, STREAM, KIND));
        return known;
    }

    /**
     * Reads a request.
     *
     * @param last the last position of the log
     */
    static EventRequest of(ServerRequest request, long last) {
        Parameters parameters = Parameters.of(request.queryParams(), KNOWN);
        boolean follow = parameters.truth(FOLLOW, true);
        long after = after(request, parameters, follow, last);
        long until = parameters.number(UNTIL, -1, Long.MAX_VALUE, Long.MAX_VALUE);
        if (until < after) {
            throw Parameters.refused(
                    UNTIL,
                    "until is "
                            + until
                            + ", which lies before the position "
                            + after
                            + " that the stream begins after.");
        }
        return new EventRequest(
                after,
                follow ? until : Math.min(until, last),
                parameters.number(LIMIT, 1, Long.MAX_VALUE, Long.MAX_VALUE),
                selection(parameters));
    }

    /** A browser that reconnects repeats its address, so what it saw last counts for more. */
    private static long after(
            ServerRequest request, Parameters parameters, boolean follow, long last) {
        @Nullable String seen = request.headers().firstHeader(LAST_EVENT_ID);
        if (seen != null && !seen.isEmpty()) {
            return position(LAST_EVENT_ID, seen.strip(), last);
        }
        @Nullable String text = parameters.one(AFTER);
        return text != null ? position(AFTER, text, last) : follow ? last : -1;
    }

    private static long position(String parameter, String text, long last) {
        long position;
        try {
            position = Long.parseLong(text);
        } catch (NumberFormatException e) {
            position = Long.MIN_VALUE;
        }
        if (position >= -1 && position <= last) {
            return position;
        }
        throw new ProblemException(
                        ProblemType.INVALID,
                        parameter
                                + ": no event of this log has the position \""
                                + shortened(text)
                                + "\". Positions are whole numbers from 0 to "
                                + last
                                + " now; -1 stands for the beginning.")
                .of(parameter)
                .with("lastPosition", last);
    }

    private static String shortened(String text) {
        return text.length() <= 30 ? text : text.substring(0, 30) + "...";
    }

    private static EventSelection selection(Parameters parameters) {
        Set<String> kinds = among(parameters, KIND, StreamKinds.known());
        Map<String, Set<@Nullable String>> facets = facets(parameters);
        refuseImpossible(kinds, facets);
        return new EventSelection(
                among(parameters, TYPE, TYPES), streams(parameters), kinds, facets);
    }

    private static Map<String, Set<@Nullable String>> facets(Parameters parameters) {
        Set<String> alike = KindParameter.facets();
        alike.remove(TYPE);
        Map<String, Set<@Nullable String>> facets = FacetParameters.of(parameters, alike);
        Set<@Nullable String> types =
                FacetParameters.of(parameters, List.of(ASSET_TYPE)).get(ASSET_TYPE);
        if (types != null) {
            facets.put(AssetField.TYPE, types);
        }
        return facets;
    }

    /** What a facet is asked for by. */
    private static String parameterOf(String facet) {
        return facet.equals(AssetField.TYPE) ? ASSET_TYPE : facet;
    }

    private static void refuseImpossible(
            Set<String> kinds, Map<String, Set<@Nullable String>> facets) {
        boolean possible =
                Arrays.stream(RegisterKind.values())
                        .filter(kind -> kinds.isEmpty() || kinds.contains(kind.word()))
                        .anyMatch(kind -> kind.facets().containsAll(facets.keySet()));
        if (!facets.isEmpty() && !possible) {
            List<String> parameters =
                    facets.keySet().stream().map(EventRequest::parameterOf).toList();
            throw Parameters.refused(
                    parameters.getFirst(),
                    "No "
                            + (kinds.isEmpty() ? "asset and no CI" : String.join(", ", kinds))
                            + " has "
                            + String.join(" and ", parameters)
                            + ", so no event could pass.");
        }
    }

    private static Set<String> among(Parameters parameters, String name, Set<String> known) {
        Set<String> values = new HashSet<>(parameters.all(name));
        for (String value : values) {
            if (!known.contains(value)) {
                throw Parameters.refused(
                        name,
                        "There is no event "
                                + name
                                + " \""
                                + shortened(value)
                                + "\". There are "
                                + String.join(", ", new TreeSet<>(known))
                                + ".");
            }
        }
        return values;
    }

    private static Set<String> streams(Parameters parameters) {
        Set<String> streams = new HashSet<>();
        for (String text : parameters.all(STREAM)) {
            try {
                streams.add(StreamId.parse(text).toString());
            } catch (IllegalArgumentException e) {
                throw Parameters.refused(
                        STREAM,
                        "stream is a kind and an id, for example ci:web-1, not \""
                                + shortened(text)
                                + "\".");
            }
        }
        return streams;
    }
}
