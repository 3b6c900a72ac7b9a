package dev.cadastre.query.impact.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A CI that a walk reached.
 *
 * @param ciClass its class at the coordinates
 * @param distance number of relations between it and the start
 * @param path ids from the start to this one, both included: a shortest way
 */
public record ReachedCi(
        String id,
        @JsonProperty("class") @Nullable String ciClass,
        int distance,
        List<String> path) {

    public ReachedCi {
        path = List.copyOf(path);
    }
}
