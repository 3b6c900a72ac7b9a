package dev.cadastre.query.register.fold;

import dev.cadastre.events.asset.AssetEvent;
import dev.cadastre.events.asset.AssetEvent.AssetAssigned;
import dev.cadastre.events.asset.AssetEvent.AssetDescribed;
import dev.cadastre.events.asset.AssetEvent.AssetFactRetracted;
import dev.cadastre.events.asset.AssetEvent.AssetRegistered;
import dev.cadastre.events.asset.AssetEvent.AssetTransitioned;
import dev.cadastre.events.asset.AssetField;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one asset.
 *
 * @param fields values by the names of {@link AssetField}
 */
public record AssetState(
        String state, @Nullable String substate, SortedValues fields, SortedValues attributes)
        implements EntityState {

    private static final List<String> LEADING =
            List.of(AssetField.ASSET_TAG, AssetField.TYPE, AssetField.NAME);
    private static final List<String> TRAILING =
            List.of(
                    AssetField.MANUFACTURER,
                    AssetField.MODEL,
                    AssetField.SERIAL_NUMBER,
                    AssetField.PURCHASE,
                    AssetField.WARRANTY_UNTIL,
                    AssetField.LOCATION,
                    AssetField.CUSTODIAN,
                    AssetField.COST_CENTRE,
                    AssetField.CI);

    @Override
    public @Nullable String name() {
        return text(AssetField.NAME);
    }

    @Override
    public int weight() {
        return 200 + 100 * (fields.size() + attributes.size());
    }

    /** A field's text, or null if it is unknown. */
    public @Nullable String text(String field) {
        return fields.get(field) instanceof String text ? text : null;
    }

    /** The state after an event; see {@link EntityState#after}. */
    public static @Nullable AssetState after(@Nullable AssetState state, AssetEvent event) {
        return switch (event) {
            case AssetRegistered fact ->
                    new AssetState(
                            fact.state(),
                            fact.substate(),
                            SortedValues.of(fact.fields()),
                            SortedValues.of(fact.attributes()));
            case AssetFactRetracted _ -> state;
            case AssetDescribed fact ->
                    state == null
                            ? null
                            : new AssetState(
                                    state.state,
                                    state.substate,
                                    state.fields.changed(fact.set(), fact.unset()),
                                    state.attributes.changed(
                                            fact.attributesSet(), fact.attributesUnset()));
            case AssetAssigned fact ->
                    state == null
                            ? null
                            : new AssetState(
                                    state.state,
                                    state.substate,
                                    state.fields.changed(fact.set(), fact.unset()),
                                    state.attributes);
            case AssetTransitioned(String newState, String newSubstate) ->
                    state == null
                            ? null
                            : new AssetState(newState, newSubstate, state.fields, state.attributes);
        };
    }

    /** The fields that an asset's body shows before its state, in the order of the contract. */
    public static List<String> leadingFields() {
        return LEADING;
    }

    /** The fields that an asset's body shows after its state, in the order of the contract. */
    public static List<String> trailingFields() {
        return TRAILING;
    }
}
