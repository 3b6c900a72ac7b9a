package dev.cadastre.standalone.answers;

import dev.cadastre.standalone.client.ApiPath;
import dev.cadastre.standalone.client.FacetValue;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Which things a question is about. */
public final class ScopeOptions {

    @Option(
            names = {"-w", "--where"},
            paramLabel = "FACET=VALUE",
            converter = FacetValue.Converter.class,
            description =
                    "Only things with this value of a facet, such as class=server or state='In use';"
                            + " of one facet given several times, any. An empty value means unknown.")
    private List<FacetValue> where = new ArrayList<>();

    public ApiPath addTo(ApiPath path) {
        return path.withAll(where);
    }

    /** The conditions in their order. */
    public List<FacetValue> conditions() {
        return List.copyOf(where);
    }

    public boolean isEmpty() {
        return where.isEmpty();
    }
}
