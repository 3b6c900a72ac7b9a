package dev.cadastre.command.assets.model;

import dev.cadastre.command.shared.Rejection;
import dev.cadastre.events.asset.AssetField;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a merge patch (RFC 7396) changes of a state: only fields and attributes that get another
 * value than they have.
 */
record Description(
        Map<String, Object> set,
        List<String> unset,
        Map<String, Object> attributesSet,
        List<String> attributesUnset) {

    /** The fields that describe an asset. */
    static final List<String> DESCRIBING =
            List.of(
                    AssetField.ASSET_TAG,
                    AssetField.TYPE,
                    AssetField.NAME,
                    AssetField.MANUFACTURER,
                    AssetField.MODEL,
                    AssetField.SERIAL_NUMBER,
                    AssetField.PURCHASE,
                    AssetField.WARRANTY_UNTIL,
                    AssetField.CI);

    /** The fields that say who has it, where it is and who pays. */
    static final List<String> ASSIGNING =
            List.of(AssetField.CUSTODIAN, AssetField.LOCATION, AssetField.COST_CENTRE);

    private static final String ATTRIBUTES = "attributes";

    boolean changesNothing() {
        return set.isEmpty()
                && unset.isEmpty()
                && attributesSet.isEmpty()
                && attributesUnset.isEmpty();
    }

    /**
     * Applies a merge patch of describing fields and attributes to a state.
     *
     * @throws Rejection.NotAllowed if the patch holds another field or a value out of bounds
     */
    static Description describing(AssetState state, Map<String, ? extends @Nullable Object> patch) {
        return of(state, patch, DESCRIBING, true);
    }

    /** Applies a merge patch of assigning fields to a state. */
    static Description assigning(AssetState state, Map<String, ? extends @Nullable Object> patch) {
        return of(state, patch, ASSIGNING, false);
    }

    /** All fields of an asset that is being registered. */
    static Description registering(Map<String, ? extends @Nullable Object> fields) {
        List<String> all = new ArrayList<>(DESCRIBING);
        all.addAll(ASSIGNING);
        return of(AssetState.ABSENT, fields, all, true);
    }

    private static Description of(
            AssetState state,
            Map<String, ? extends @Nullable Object> patch,
            List<String> fields,
            boolean withAttributes) {
        Description description =
                new Description(
                        new TreeMap<>(), new ArrayList<>(), new TreeMap<>(), new ArrayList<>());
        patch.forEach(
                (name, value) -> {
                    String pointer = Texts.step("", name);
                    if (withAttributes && name.equals(ATTRIBUTES)) {
                        description.patchAttributes(state.attributes(), value, pointer);
                    } else if (fields.contains(name)) {
                        description.patchField(state, name, value, pointer);
                    } else {
                        throw unknown(name, pointer, fields, withAttributes);
                    }
                });
        return description;
    }

    private void patchField(AssetState state, String name, @Nullable Object value, String pointer) {
        Object known = state.fields().get(name);
        Object wanted = value == null ? null : checked(name, known, value, pointer);
        if (wanted == null) {
            if (known != null) {
                unset.add(name);
            }
        } else if (!wanted.equals(known)) {
            set.put(name, wanted);
        }
    }

    private static @Nullable Object checked(
            String name, @Nullable Object known, Object value, String pointer) {
        return switch (name) {
            case AssetField.PURCHASE ->
                    Purchase.merged(known, Texts.object(pointer, value), pointer);
            case AssetField.WARRANTY_UNTIL -> CalendarDate.of(pointer, value);
            default -> Texts.line(pointer, value);
        };
    }

    private void patchAttributes(
            Map<String, Object> known, @Nullable Object patch, String pointer) {
        if (patch == null) {
            attributesUnset.addAll(known.keySet());
            return;
        }
        Texts.object(pointer, patch)
                .forEach(
                        (key, value) -> {
                            String name = (String) key;
                            String at = Texts.step(pointer, name);
                            Texts.line(at, name);
                            if (value != null) {
                                Object normal = Texts.attribute(at, value);
                                if (!Objects.equals(normal, known.get(name))) {
                                    attributesSet.put(name, normal);
                                }
                            } else if (known.containsKey(name)) {
                                attributesUnset.add(name);
                            }
                        });
    }

    private static Rejection unknown(
            String name, String pointer, List<String> fields, boolean withAttributes) {
        if (name.equals("state") || name.equals("substate")) {
            return new Rejection.NotAllowed(
                    pointer, "The state changes by POST .../transitions, not here.");
        }
        if (ASSIGNING.contains(name)) {
            return new Rejection.NotAllowed(
                    pointer, "This changes by POST .../assignments, not here.");
        }
        return new Rejection.NotAllowed(
                pointer,
                "There is no such field here; there are "
                        + String.join(", ", fields)
                        + (withAttributes ? ", " + ATTRIBUTES : "")
                        + ".");
    }
}
