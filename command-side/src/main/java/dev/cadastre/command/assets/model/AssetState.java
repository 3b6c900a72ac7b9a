package dev.cadastre.command.assets.model;

import dev.cadastre.command.shared.EntityState;
import dev.cadastre.events.StreamId;
import dev.cadastre.events.asset.AssetEvent;
import dev.cadastre.events.asset.AssetEvent.AssetAssigned;
import dev.cadastre.events.asset.AssetEvent.AssetDescribed;
import dev.cadastre.events.asset.AssetEvent.AssetFactRetracted;
import dev.cadastre.events.asset.AssetEvent.AssetRegistered;
import dev.cadastre.events.asset.AssetEvent.AssetTransitioned;
import dev.cadastre.events.asset.AssetField;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is believed of an asset at one instant. Immutable.
 *
 * @param standing null before the asset is registered
 */
public record AssetState(
        @Nullable Standing standing, Map<String, Object> fields, Map<String, Object> attributes)
        implements EntityState {

    static final AssetState ABSENT = new AssetState(null, Map.of(), Map.of());

    @Override
    public boolean present() {
        return standing != null;
    }

    /** Whether it is with this person or is the asset of this CI. */
    @Override
    public boolean pointsAt(StreamId other) {
        return switch (other.kind()) {
            case StreamId.PERSON -> other.id().equals(fields.get(AssetField.CUSTODIAN));
            case StreamId.CI -> other.id().equals(fields.get(AssetField.CI));
            default -> false;
        };
    }

    /** The text of a field; null if it is unknown. */
    @Nullable String text(String field) {
        return (String) fields.get(field);
    }

    @Nullable String type() {
        return text(AssetField.TYPE);
    }

    /** The state after one more event, taken in the order of effective times. */
    AssetState on(AssetEvent event) {
        return switch (event) {
            case AssetRegistered e ->
                    new AssetState(
                            new Standing(e.state(), e.substate()), e.fields(), e.attributes());
            case AssetTransitioned e ->
                    new AssetState(new Standing(e.state(), e.substate()), fields, attributes);
            case AssetDescribed e ->
                    new AssetState(
                            standing,
                            merged(fields, e.set(), e.unset()),
                            merged(attributes, e.attributesSet(), e.attributesUnset()));
            case AssetAssigned e ->
                    new AssetState(standing, merged(fields, e.set(), e.unset()), attributes);
            // A retraction takes its fact out of what is folded; by itself it changes nothing.
            case AssetFactRetracted _ -> this;
        };
    }

    private static Map<String, Object> merged(
            Map<String, Object> values, Map<String, Object> set, List<String> unset) {
        if (set.isEmpty() && unset.isEmpty()) {
            return values;
        }
        TreeMap<String, Object> merged = new TreeMap<>(values);
        merged.keySet().removeAll(unset);
        merged.putAll(set);
        return Collections.unmodifiableMap(merged);
    }
}
