package dev.cadastre.events.ci;

import dev.cadastre.events.StreamId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All that an event says of a CI that says it in full. */
public interface CiContent {

    String ciClass();

    @Nullable String name();

    @Nullable Lifecycle lifecycle();

    /** Id of the asset that it is the configuration of. */
    @Nullable String asset();

    Map<String, Object> attributes();

    List<Relation> relations();

    /** What it points at, and what defines its words; one may occur twice. */
    default List<StreamId> references() {
        List<StreamId> references = new ArrayList<>(2 + 2 * relations().size());
        references.add(StreamId.ciClass(ciClass()));
        if (asset() != null) {
            references.add(StreamId.asset(asset()));
        }
        for (Relation relation : relations()) {
            references.addAll(relation.ends());
        }
        return references;
    }
}
