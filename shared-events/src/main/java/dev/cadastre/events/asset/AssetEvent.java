package dev.cadastre.events.asset;

import dev.cadastre.events.AttributeValues;
import dev.cadastre.events.Event;
import dev.cadastre.events.Retraction;
import dev.cadastre.events.StoredAs;
import dev.cadastre.events.StreamId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can happen to one asset. A description is a map from field name ({@link
 * AssetField}) to value, so that an event says exactly which fields it touches.
 */
public sealed interface AssetEvent extends Event {

    /** The asset is in the register from now on, in this state. */
    @StoredAs("asset.registered")
    record AssetRegistered(
            String state,
            @Nullable String substate,
            Map<String, Object> fields,
            Map<String, Object> attributes)
            implements AssetEvent {
        public AssetRegistered {
            fields = AssetField.copyOf(fields);
            attributes = AttributeValues.copyOf(attributes);
        }

        @Override
        public List<StreamId> references() {
            return referencesOf(fields);
        }
    }

    /** Descriptive fields and attributes were set or taken away. */
    @StoredAs("asset.described")
    record AssetDescribed(
            Map<String, Object> set,
            List<String> unset,
            Map<String, Object> attributesSet,
            List<String> attributesUnset)
            implements AssetEvent {
        public AssetDescribed {
            set = AssetField.copyOf(set);
            unset = copy(unset);
            attributesSet = AttributeValues.copyOf(attributesSet);
            attributesUnset = copy(attributesUnset);
        }

        @Override
        public List<StreamId> references() {
            return referencesOf(set);
        }
    }

    /** Custodian, location or cost centre were set or taken away. */
    @StoredAs("asset.assigned")
    record AssetAssigned(Map<String, Object> set, List<String> unset) implements AssetEvent {
        public AssetAssigned {
            set = AssetField.copyOf(set);
            unset = copy(unset);
        }

        @Override
        public List<StreamId> references() {
            return referencesOf(set);
        }
    }

    /** The asset moved to this state and substate of its lifecycle. */
    @StoredAs("asset.transitioned")
    record AssetTransitioned(String state, @Nullable String substate) implements AssetEvent {}

    /** An earlier event of this asset is taken back. */
    @StoredAs("asset.fact-retracted")
    record AssetFactRetracted(long retracted) implements AssetEvent, Retraction {}

    /** The custodian and the CI among the fields. */
    private static List<StreamId> referencesOf(Map<String, Object> fields) {
        List<StreamId> references = new ArrayList<>(2);
        if (fields.get(AssetField.CUSTODIAN) instanceof String custodian) {
            references.add(StreamId.person(custodian));
        }
        if (fields.get(AssetField.CI) instanceof String ci) {
            references.add(StreamId.ci(ci));
        }
        return references;
    }

    private static <T> List<T> copy(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }
}
