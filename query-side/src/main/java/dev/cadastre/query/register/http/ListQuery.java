package dev.cadastre.query.register.http;

import dev.cadastre.query.register.kinds.RegisterKind;
import dev.cadastre.query.register.model.Selection;
import dev.cadastre.query.register.model.SortOrder;
import dev.cadastre.query.shared.http.Query;
import dev.cadastre.query.shared.list.Cursor;
import dev.cadastre.query.shared.list.FacetParameters;
import dev.cadastre.query.shared.list.Parameters;
import dev.cadastre.query.shared.list.SortKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A list as it was asked for. An empty value of a facet means that the facet is unknown.
 *
 * @param digest of all that decides which items come in which order; a cursor is bound to it
 */
record ListQuery(Selection selection, SortOrder order, BodyFields fields, long digest) {

    static final String LIMIT = "limit";
    static final String CURSOR = "cursor";
    static final String OFFSET = "offset";
    static final String RAW = "raw";

    private static final String SORT = "sort";
    private static final String FIELDS = "fields";
    private static final String TEXT = "q";
    private static final int LONGEST_TEXT = 1_000;

    /** The parameters that alter nothing but how a list is shown. */
    static final Set<String> OF_THE_WAY_IT_IS_SHOWN = Set.of(LIMIT, CURSOR, OFFSET, RAW, SORT);

    /** The parameters of a list of this kind, besides the coordinates. */
    static Collection<String> known(RegisterKind kind) {
        Set<String> known = new HashSet<>(kind.facets());
        known.addAll(List.of(LIMIT, CURSOR, OFFSET, RAW, SORT, FIELDS, TEXT));
        return known;
    }

    static ListQuery of(Query query, RegisterKind kind) {
        Parameters parameters = query.parameters();
        List<SortKey> sort = SortKey.parse(parameters, SortOrder.fields(kind));
        return new ListQuery(
                new Selection(
                        kind, FacetParameters.of(parameters, kind.facets()), text(parameters)),
                new SortOrder(sort),
                BodyFields.of(parameters, kind),
                Cursor.digest(canonical(query, kind, sort)));
    }

    private static @Nullable String text(Parameters parameters) {
        String text = parameters.one(TEXT);
        if (text == null || text.isEmpty()) {
            return null;
        }
        if (text.length() > LONGEST_TEXT) {
            throw Parameters.refused(
                    TEXT, "A text to look for has at most " + LONGEST_TEXT + " characters.");
        }
        return text;
    }

    private static String canonical(Query query, RegisterKind kind, List<SortKey> sort) {
        List<String> parts = new ArrayList<>();
        parts.add(kind.word());
        for (String facet : new TreeSet<>(kind.facets())) {
            for (String value : new TreeSet<>(query.parameters().all(facet))) {
                parts.add(facet + "=" + value);
            }
        }
        parts.add("sort=" + sort);
        parts.add("q=" + query.parameters().all(TEXT));
        parts.add("asOf=" + query.wanted().asOf());
        parts.add("knownAt=" + query.wanted().knownAt());
        parts.add("datetime=" + query.wanted().acceptDatetime());
        return String.join("\u0000", parts);
    }
}
