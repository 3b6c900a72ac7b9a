package dev.cadastre.query.diff.http;

import dev.cadastre.events.snapshot.SnapshotScope;
import dev.cadastre.query.diff.model.Scope;
import dev.cadastre.query.register.kinds.KindParameter;
import dev.cadastre.query.register.kinds.RegisterKind;
import dev.cadastre.query.shared.list.FacetParameters;
import dev.cadastre.query.shared.list.Parameters;
import dev.cadastre.query.shared.snapshots.TakenSnapshot;
import dev.cadastre.query.shared.snapshots.TakenSnapshots;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads which part of the estate is compared. */
final class DiffScope {

    private static final String TEXT = "q";
    private static final int LONGEST_TEXT = 1_000;

    private DiffScope() {}

    /** The parameters of a scope: the kind, every kind's facets, and a text. */
    static Set<String> parameters() {
        Set<String> parameters = new HashSet<>(KindParameter.facets());
        parameters.add(KindParameter.NAME);
        parameters.add(TEXT);
        return parameters;
    }

    /** The scope that the parameters name; where they name none, that of the snapshots compared. */
    static Scope of(Parameters parameters, TakenSnapshots snapshots) {
        if (parameters().stream().allMatch(name -> parameters.all(name).isEmpty())) {
            TakenSnapshot from = SnapshotEnd.of(parameters, DiffEnds.FROM, snapshots);
            TakenSnapshot to = SnapshotEnd.of(parameters, DiffEnds.TO, snapshots);
            if (from != null && to != null && !from.scope().equals(to.scope())) {
                throw Parameters.refused(
                        DiffEnds.TO,
                        "The two snapshots show different parts of the register. Say what to"
                                + " compare, with kind or a facet.");
            }
            if (from != null || to != null) {
                return of((from != null ? from : to).scope());
            }
        }
        return named(parameters);
    }

    private static Scope of(SnapshotScope recorded) {
        return new Scope(
                Arrays.stream(RegisterKind.values())
                        .filter(kind -> kind.isWithin(recorded))
                        .map(RegisterKind::word)
                        .toList(),
                recorded.allowed(),
                null);
    }

    private static Scope named(Parameters parameters) {
        List<RegisterKind> kinds = KindParameter.any(parameters);
        KindParameter.refuseFacetsOfOthers(parameters, kinds);
        return new Scope(
                kinds.stream().map(RegisterKind::word).toList(),
                FacetParameters.of(parameters, KindParameter.facets()),
                text(parameters));
    }

    private static @Nullable String text(Parameters parameters) {
        String text = parameters.one(TEXT);
        if (text != null && text.length() > LONGEST_TEXT) {
            throw Parameters.refused(
                    TEXT, "A text to look for has at most " + LONGEST_TEXT + " characters.");
        }
        return text == null || text.isEmpty() ? null : text;
    }
}
