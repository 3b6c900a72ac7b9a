package dev.cadastre.query.timeline.model;

import dev.cadastre.eventstore.log.StoredEvent;
import dev.cadastre.query.register.fold.BodyJson;
import dev.cadastre.query.register.fold.EntityState;
import dev.cadastre.query.register.fold.StateVersion;
import dev.cadastre.query.shared.difference.BodyDifference;
import dev.cadastre.query.shared.facts.RecordedFact;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One fact of a thing's own.
 *
 * @param id of the thing
 * @param versions numbers of the versions it created
 * @param before the state that it changed, by the {@link Order} asked for
 * @param after the state that it made
 */
public record TimelineEntry(
        String id,
        RecordedFact fact,
        @Nullable StoredEvent retractedBy,
        long concerns,
        List<Integer> versions,
        @Nullable EntityState before,
        @Nullable EntityState after)
        implements TimelineItem {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    public TimelineEntry {
        versions = List.copyOf(versions);
    }

    /** What it changed, field by field; worked out anew by each call. */
    public BodyDifference changes() {
        return before == after
                ? BodyDifference.NONE
                : BodyDifference.between(content(before), content(after));
    }

    private @Nullable JsonNode content(@Nullable EntityState state) {
        return state == null
                ? null
                : MAPPER.readTree(BodyJson.write(id, new StateVersion(0, 0, 0, 0, state)));
    }
}
