package dev.cadastre.query.diff.http;

import dev.cadastre.query.diff.model.Scope;
import dev.cadastre.query.register.kinds.KindParameter;
import dev.cadastre.query.register.kinds.RegisterKind;
import dev.cadastre.query.shared.list.FacetParameters;
import dev.cadastre.query.shared.list.Parameters;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads which part of the estate is compared. */
final class DiffScope {

    private DiffScope() {}

    /** The parameters of a scope: the kind, and every kind's facets. */
    static Set<String> parameters() {
        Set<String> parameters = new HashSet<>(KindParameter.facets());
        parameters.add(KindParameter.NAME);
        return parameters;
    }

    static Scope of(Parameters parameters) {
        List<RegisterKind> kinds = KindParameter.any(parameters);
        KindParameter.refuseFacetsOfOthers(parameters, kinds);
        return new Scope(
                kinds.stream().map(RegisterKind::word).toList(),
                FacetParameters.of(parameters, KindParameter.facets()));
    }
}
