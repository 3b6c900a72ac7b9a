package dev.cadastre.events.asset;

import dev.cadastre.events.AttributeValues;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The names of the fields that describe and assign an asset, as the API spells them. */
public final class AssetField {

    public static final String ASSET_TAG = "assetTag";
    public static final String TYPE = "type";
    public static final String NAME = "name";
    public static final String MANUFACTURER = "manufacturer";
    public static final String MODEL = "model";
    public static final String SERIAL_NUMBER = "serialNumber";
    public static final String WARRANTY_UNTIL = "warrantyUntil";
    public static final String CI = "ci";

    /**
     * An object of {@code date}, {@code orderNumber}, {@code supplier} (text) and {@code cost}
     * ({@code amount}, {@code currency}).
     */
    public static final String PURCHASE = "purchase";

    public static final String CUSTODIAN = "custodian";
    public static final String LOCATION = "location";
    public static final String COST_CENTRE = "costCentre";

    private AssetField() {}

    /** An immutable, key-sorted copy; {@code null} reads as empty. */
    public static Map<String, Object> copyOf(@Nullable Map<String, ?> fields) {
        if (fields == null || fields.isEmpty()) {
            return Map.of();
        }
        TreeMap<String, Object> copy = new TreeMap<>();
        fields.forEach((name, value) -> copy.put(name, normal(value)));
        return Collections.unmodifiableMap(copy);
    }

    private static Object normal(Object value) {
        if (value instanceof Map<?, ?> object) {
            Map<String, Object> copy = new TreeMap<>();
            object.forEach((name, inner) -> copy.put((String) name, normal(inner)));
            return Collections.unmodifiableMap(copy);
        }
        return AttributeValues.normal(value);
    }
}
