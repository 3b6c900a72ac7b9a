package dev.cadastre.command.assets.model;

import dev.cadastre.command.shared.Command;
import dev.cadastre.events.StreamId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be asked of one asset. Values are as the caller gave them; the asset checks
 * them.
 */
public sealed interface AssetCommand extends Command {

    /** The id of the asset. */
    String id();

    @Override
    default StreamId target() {
        return StreamId.asset(id());
    }

    /** A request that records facts and takes none back; it can be part of a correction. */
    sealed interface Change extends AssetCommand {}

    /**
     * Put an asset in the register.
     *
     * @param state null: on order
     * @param fields describing and assigning fields, and {@code attributes}
     */
    record RegisterAsset(
            String id,
            @Nullable String state,
            @Nullable String substate,
            Map<String, ? extends @Nullable Object> fields)
            implements Change {}

    /**
     * Change what describes an asset.
     *
     * @param patch a merge patch (RFC 7396) of describing fields and {@code attributes}
     */
    record DescribeAsset(String id, Map<String, ? extends @Nullable Object> patch)
            implements Change {}

    /**
     * Change who has an asset, where it is and who pays.
     *
     * @param patch a merge patch of {@code custodian}, {@code location} and {@code costCentre}
     */
    record AssignAsset(String id, Map<String, ? extends @Nullable Object> patch)
            implements Change {}

    /** Move an asset through its lifecycle. */
    record TransitionAsset(String id, String state, @Nullable String substate) implements Change {}

    /**
     * Take facts back and record others in their place, all or none.
     *
     * @param retract sequence numbers of facts that are believed now
     * @param record what to record then, in this order
     */
    record CorrectAsset(String id, List<Long> retract, List<DatedChange> record)
            implements AssetCommand {
        public CorrectAsset {
            retract = List.copyOf(retract);
            record = List.copyOf(record);
        }

        @Override
        public long earliestEffectiveAt() {
            return record.stream()
                    .map(DatedChange::effectiveAt)
                    .filter(Objects::nonNull)
                    .mapToLong(Long::longValue)
                    .min()
                    .orElse(Long.MAX_VALUE);
        }
    }

    /**
     * A change and when it became true.
     *
     * @param effectiveAt microseconds since 1970, or null: when the correction is
     */
    record DatedChange(Change change, @Nullable Long effectiveAt) {}
}
