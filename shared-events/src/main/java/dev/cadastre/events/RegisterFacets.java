package dev.cadastre.events;

import dev.cadastre.events.asset.AssetField;
import java.util.List;
import java.util.Map;

/**
 * The facets by which the register is filtered and counted: the words that scopes and filters use.
 * A facet may be added, never renamed or removed: recorded scopes name them.
 */
public final class RegisterFacets {

    public static final List<String> OF_ASSETS =
            List.of(
                    "state",
                    "substate",
                    AssetField.TYPE,
                    AssetField.MANUFACTURER,
                    AssetField.MODEL,
                    AssetField.LOCATION,
                    AssetField.CUSTODIAN,
                    AssetField.COST_CENTRE,
                    AssetField.CI);

    public static final List<String> OF_CIS =
            List.of("class", "stage", "status", "asset", "environment");

    /** The facets of each kind, by its word. */
    public static final Map<String, List<String>> BY_KIND =
            Map.of(StreamId.ASSET, OF_ASSETS, StreamId.CI, OF_CIS);

    private RegisterFacets() {}
}
