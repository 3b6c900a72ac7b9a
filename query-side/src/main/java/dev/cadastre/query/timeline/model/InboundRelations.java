package dev.cadastre.query.timeline.model;

import dev.cadastre.events.StreamId;
import dev.cadastre.events.asset.AssetField;
import dev.cadastre.events.ci.Relation;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.query.register.fold.AssetState;
import dev.cadastre.query.register.fold.CiState;
import dev.cadastre.query.register.fold.EntityState;
import dev.cadastre.query.shared.facts.StreamFacts;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How other things came to point at one thing, and ceased to: CIs by their relations and by the
 * asset they are linked to, assets by the CI they are linked to. Reads the streams that ever
 * referred to the thing, and no others.
 */
final class InboundRelations {

    /** What a link from a CI to its asset is called beside the types of relations. */
    private static final String ASSET_LINK = "asset";

    private final EventLog log;
    private final StreamId target;

    InboundRelations(EventLog log, StreamId target) {
        this.log = log;
        this.target = target;
    }

    /** The changes known at a position, in no order; see {@link EntityTimeline#entries}. */
    List<InboundChange> changes(Order order, long until, long knownAt) {
        List<InboundChange> changes = new ArrayList<>();
        for (String stream : log.referencing(target.toString())) {
            StreamId from = StreamId.parse(stream);
            boolean points = from.kind().equals(StreamId.CI) || from.kind().equals(StreamId.ASSET);
            if (points && !from.equals(target)) {
                new EntityTimeline(from.id(), StreamFacts.of(log.stream(stream, 0)))
                        .entries(order, until, knownAt)
                        .forEach(entry -> add(entry, changes));
            }
        }
        return changes;
    }

    private void add(TimelineEntry entry, List<InboundChange> changes) {
        List<String> before = pointers(entry.before());
        List<String> after = pointers(entry.after());
        if (!before.equals(after)) {
            changes.add(
                    new InboundChange(
                            entry.id(),
                            entry.fact(),
                            entry.retractedBy(),
                            entry.concerns(),
                            without(after, before),
                            without(before, after)));
        }
    }

    private static List<String> without(List<String> types, List<String> others) {
        return types.stream().filter(type -> !others.contains(type)).toList();
    }

    private List<String> pointers(@Nullable EntityState state) {
        return switch (state) {
            case CiState ci when target.kind().equals(StreamId.CI) ->
                    ci.relations().stream()
                            .filter(relation -> relation.to().equals(target.id()))
                            .map(Relation::type)
                            .toList();
            case CiState ci when target.kind().equals(StreamId.ASSET) ->
                    target.id().equals(ci.asset()) ? List.of(ASSET_LINK) : List.of();
            case AssetState asset when target.kind().equals(StreamId.CI) ->
                    target.id().equals(asset.text(AssetField.CI))
                            ? List.of(AssetField.CI)
                            : List.of();
            case null, default -> List.of();
        };
    }
}
