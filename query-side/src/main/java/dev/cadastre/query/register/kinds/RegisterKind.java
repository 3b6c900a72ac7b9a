package dev.cadastre.query.register.kinds;

import dev.cadastre.events.RegisterFacets;
import dev.cadastre.events.StreamId;
import dev.cadastre.events.asset.AssetField;
import dev.cadastre.events.snapshot.SnapshotScope;
import dev.cadastre.query.register.fold.AssetState;
import dev.cadastre.query.register.fold.CiState;
import dev.cadastre.query.register.fold.EntityState;
import dev.cadastre.query.temporal.EntityKind;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the register holds: assets and configuration items. */
public enum RegisterKind {
    ASSET(
            StreamId.ASSET,
            RegisterFacets.OF_ASSETS,
            List.of(
                    "id",
                    AssetField.ASSET_TAG,
                    AssetField.TYPE,
                    AssetField.NAME,
                    "state",
                    "substate",
                    AssetField.MANUFACTURER,
                    AssetField.MODEL,
                    AssetField.SERIAL_NUMBER,
                    AssetField.PURCHASE,
                    AssetField.WARRANTY_UNTIL,
                    AssetField.LOCATION,
                    AssetField.CUSTODIAN,
                    AssetField.COST_CENTRE,
                    AssetField.CI,
                    "attributes",
                    "version",
                    "validFrom",
                    "recordedFrom",
                    "position")),
    CI(
            StreamId.CI,
            RegisterFacets.OF_CIS,
            List.of(
                    "id",
                    "class",
                    "name",
                    "lifecycle",
                    "asset",
                    "attributes",
                    "relations",
                    "version",
                    "validFrom",
                    "recordedFrom",
                    "position"));

    private static final String ENVIRONMENT = "environment";
    private static final RegisterKind[] ALL = values();

    private final EntityKind entityKind;
    private final List<String> fields;

    RegisterKind(String word, List<String> facets, List<String> fields) {
        this.entityKind = new EntityKind(word, facets);
        this.fields = fields;
    }

    /** The kinds as the temporal index knows them. */
    public static List<EntityKind> entityKinds() {
        return Arrays.stream(values()).map(RegisterKind::entityKind).toList();
    }

    public EntityKind entityKind() {
        return entityKind;
    }

    /** The word for it in streams, parameters and answers: {@code asset} or {@code ci}. */
    public String word() {
        return entityKind.name();
    }

    /** The parameters by which it is filtered and counted. */
    public List<String> facets() {
        return entityKind.facets();
    }

    /** The members of its body, in their order. */
    public List<String> fields() {
        return fields;
    }

    /** Whether a scope can hold entities of this kind: those without a facet it names it cannot. */
    public boolean isWithin(SnapshotScope scope) {
        return (scope.kind() == null || scope.kind().equals(word()))
                && facets().containsAll(scope.facets().keySet());
    }

    /** The stream that tells of one entity. */
    public String streamOf(String id) {
        return word() + ":" + id;
    }

    /** The kind whose stream this is, or null if it is another's. */
    public static @Nullable RegisterKind ofStream(String stream) {
        for (RegisterKind kind : ALL) {
            String word = kind.word();
            if (stream.startsWith(word) && stream.charAt(word.length()) == ':') {
                return kind;
            }
        }
        return null;
    }

    /** The id within a stream's text. */
    public String idOf(String stream) {
        return stream.substring(word().length() + 1);
    }

    /** The text of each facet in a state, in the order of {@link #facets}; null where unknown. */
    public @Nullable String[] facetsOf(EntityState state) {
        return switch (state) {
            case CiState ci ->
                    new @Nullable String[] {
                        ci.ciClass(),
                        ci.lifecycle() == null ? null : ci.lifecycle().stage(),
                        ci.lifecycle() == null ? null : ci.lifecycle().status(),
                        ci.asset(),
                        ci.attributes().get(ENVIRONMENT) instanceof String text ? text : null
                    };
            case AssetState asset -> {
                @Nullable String[] texts = new @Nullable String[facets().size()];
                texts[0] = asset.state();
                texts[1] = asset.substate();
                for (int i = 2; i < texts.length; i++) {
                    texts[i] = asset.text(facets().get(i));
                }
                yield texts;
            }
        };
    }
}
