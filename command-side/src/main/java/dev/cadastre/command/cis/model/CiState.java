package dev.cadastre.command.cis.model;

import dev.cadastre.command.shared.EntityState;
import dev.cadastre.command.shared.Fact;
import dev.cadastre.events.StreamId;
import dev.cadastre.events.ci.Lifecycle;
import dev.cadastre.events.ci.Relation;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a CI at one instant. An absent one keeps nothing but what removed it.
 *
 * @param since the fact that registered it, or removed it; null if there never was one
 * @param lifecycleSince the fact that said where it stands in its life cycle, if any did
 */
record CiState(
        boolean present,
        @Nullable String ciClass,
        @Nullable String name,
        @Nullable Lifecycle lifecycle,
        @Nullable String asset,
        Map<String, Object> attributes,
        Set<Relation> relations,
        Fact.@Nullable Name since,
        Fact.@Nullable Name lifecycleSince)
        implements EntityState {

    static final CiState ABSENT = absentSince(null);

    static CiState absentSince(Fact.@Nullable Name removal) {
        return new CiState(false, null, null, null, null, Map.of(), Set.of(), removal, null);
    }

    /** Whether both say the same of the CI, whichever facts made it so. */
    boolean saysTheSameAs(CiState other) {
        if (!present || !other.present) {
            return present == other.present;
        }
        return Objects.equals(ciClass, other.ciClass)
                && Objects.equals(name, other.name)
                && Objects.equals(lifecycle, other.lifecycle)
                && Objects.equals(asset, other.asset)
                && attributes.equals(other.attributes)
                && relations.equals(other.relations);
    }

    @Override
    public boolean pointsAt(StreamId other) {
        return switch (other.kind()) {
            case StreamId.CI ->
                    relations.stream().anyMatch(relation -> relation.to().equals(other.id()));
            case StreamId.ASSET -> other.id().equals(asset);
            default -> false;
        };
    }
}
