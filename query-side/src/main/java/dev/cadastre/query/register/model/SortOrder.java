package dev.cadastre.query.register.model;

import dev.cadastre.events.asset.AssetField;
import dev.cadastre.query.register.kinds.RegisterKind;
import dev.cadastre.query.shared.list.SortKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The order of a list: by its keys, then by id in the direction of the last key. Texts are ordered
 * as {@link String#compareTo}; what is unknown comes last, or first where descending.
 */
public final class SortOrder {

    public static final String ID = "id";
    static final String VALID_FROM = "validFrom";
    static final String RECORDED_FROM = "recordedFrom";
    static final String POSITION = "position";

    private static final Set<String> OF_THE_VERSION = Set.of(VALID_FROM, RECORDED_FROM, POSITION);
    private final List<SortKey> keys;

    public SortOrder(List<SortKey> keys) {
        List<SortKey> copy = new ArrayList<>(keys);
        if (copy.isEmpty() || !copy.getLast().field().equals(ID)) {
            copy.add(new SortKey(ID, !copy.isEmpty() && copy.getLast().descending()));
        }
        this.keys = List.copyOf(copy);
    }

    /** In the order of ids. */
    public static SortOrder byId() {
        return new SortOrder(List.of());
    }

    /** The fields by which a kind can be sorted. */
    public static Set<String> fields(RegisterKind kind) {
        Set<String> fields = new TreeSet<>(kind.facets());
        fields.addAll(OF_THE_VERSION);
        fields.add(ID);
        fields.add(AssetField.NAME);
        if (kind == RegisterKind.ASSET) {
            fields.add(AssetField.ASSET_TAG);
            fields.add(AssetField.SERIAL_NUMBER);
            fields.add(AssetField.WARRANTY_UNTIL);
        }
        return fields;
    }

    static boolean isOfTheVersion(String field) {
        return field.equals(ID) || OF_THE_VERSION.contains(field);
    }

    List<SortKey> keys() {
        return keys;
    }

    /** Whether the index itself can give this order. */
    boolean isOfIndex(RegisterKind kind) {
        return keys.size() == 1
                || keys.size() == 2
                        && kind.facets().contains(keys.getFirst().field())
                        && keys.getFirst().descending() == keys.getLast().descending();
    }

    /** The facet of an order that the index can give; null for the id alone. */
    @Nullable String facet() {
        return keys.size() == 1 ? null : keys.getFirst().field();
    }

    boolean descending() {
        return keys.getFirst().descending();
    }

    /** Compares two rows of values, one value a key: {@link String}, {@link Long} or null. */
    int compare(@Nullable Object[] one, @Nullable Object[] other) {
        for (int i = 0; i < one.length; i++) {
            int order = compare(one[i], other[i]);
            if (order != 0) {
                return keys.get(i).descending() ? -order : order;
            }
        }
        return 0;
    }

    private static int compare(@Nullable Object one, @Nullable Object other) {
        if (one == null || other == null) {
            return Boolean.compare(one == null, other == null);
        }
        return one instanceof Long number
                ? number.compareTo((Long) other)
                : ((String) one).compareTo((String) other);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SortOrder that && keys.equals(that.keys);
    }

    @Override
    public int hashCode() {
        return keys.hashCode();
    }
}
