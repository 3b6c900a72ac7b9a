package dev.cadastre.query.register.kinds;

import dev.cadastre.query.shared.list.Parameters;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The parameter {@code kind} of views that know assets and CIs, and the facets that go with it. */
public final class KindParameter {

    public static final String NAME = "kind";

    private KindParameter() {}

    /** The facets of all kinds. */
    public static Set<String> facets() {
        return Arrays.stream(RegisterKind.values())
                .flatMap(kind -> kind.facets().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The kind asked for, or all kinds where nothing is said. */
    public static List<RegisterKind> any(Parameters parameters) {
        @Nullable String text = parameters.one(NAME);
        return text == null ? List.of(RegisterKind.values()) : List.of(kind(text));
    }

    /** The kinds asked for, as in {@link #any}, that have all of these facets; at least one. */
    public static List<RegisterKind> having(Parameters parameters, Set<String> facets) {
        List<RegisterKind> kinds = any(parameters);
        refuseFacetsOfOthers(parameters, kinds);
        List<RegisterKind> having =
                kinds.stream().filter(kind -> kind.facets().containsAll(facets)).toList();
        if (having.isEmpty()) {
            throw Parameters.refused(
                    facets.iterator().next(),
                    "Neither an asset nor a CI has "
                            + String.join(" and ", facets)
                            + ", so that nothing is left.");
        }
        return having;
    }

    /** The kind asked for, which must be. */
    public static RegisterKind one(Parameters parameters) {
        return kind(parameters.required(NAME, RegisterKind.CI.word()));
    }

    /** Refuses a facet that none of the kinds has. */
    public static void refuseFacetsOfOthers(Parameters parameters, List<RegisterKind> kinds) {
        for (String facet : facets()) {
            if (!parameters.all(facet).isEmpty()
                    && kinds.stream().noneMatch(kind -> kind.facets().contains(facet))) {
                throw Parameters.refused(
                        facet,
                        "A "
                                + kinds.getFirst().word()
                                + " has no "
                                + facet
                                + ". It has "
                                + String.join(", ", kinds.getFirst().facets())
                                + ".");
            }
        }
    }

    private static RegisterKind kind(String text) {
        for (RegisterKind kind : RegisterKind.values()) {
            if (kind.word().equals(text)) {
                return kind;
            }
        }
        throw Parameters.refused(NAME, "kind is asset or ci, not \"" + text + "\".");
    }
}
