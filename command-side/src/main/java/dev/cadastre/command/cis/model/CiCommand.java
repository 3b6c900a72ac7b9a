package dev.cadastre.command.cis.model;

import dev.cadastre.command.shared.Command;
import dev.cadastre.command.shared.Knowledge;
import dev.cadastre.events.StreamId;
import dev.cadastre.events.ci.CiEvent;
import dev.cadastre.events.ci.Lifecycle;
import dev.cadastre.events.ci.Relation;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Everything that can be asked of a CI. */
public sealed interface CiCommand extends Command {

    String id();

    @Override
    default StreamId target() {
        return StreamId.ci(id());
    }

    /** Take the CI into the register, also one that was removed. */
    record RegisterCi(
            String id,
            String ciClass,
            @Nullable String name,
            @Nullable Lifecycle lifecycle,
            @Nullable String asset,
            Map<String, Object> attributes,
            List<Relation> relations)
            implements CiCommand {}

    /** Set and take away attributes, add and remove relations; what is so already stays. */
    record ChangeCi(
            String id,
            Map<String, Object> set,
            List<String> unset,
            List<Relation> relationsAdded,
            List<Relation> relationsRemoved)
            implements CiCommand {}

    /**
     * Give the CI a new name, or none, and merge attributes.
     *
     * @param renames whether {@code name} counts
     */
    record DescribeCi(
            String id,
            boolean renames,
            @Nullable String name,
            Map<String, Object> set,
            List<String> unset)
            implements CiCommand {}

    /** Move the CI to a stage and status of its life cycle. */
    record MoveCi(String id, Lifecycle lifecycle) implements CiCommand {}

    /** Point at another CI. */
    record RelateCi(String id, Relation relation) implements CiCommand {}

    /** Point at another CI no more. */
    record UnrelateCi(String id, Relation relation) implements CiCommand {}

    /** Make the CI the configuration of an asset, or of none. */
    record LinkCiToAsset(String id, @Nullable String asset) implements CiCommand {}

    /** Take the CI, and the relations it has, out of the register. */
    record RemoveCi(String id) implements CiCommand {}

    /** Make the CI what it was in an earlier version, also one that was removed. */
    record RestoreCi(String id, Wanted version) implements CiCommand {

        /** Which version. */
        public sealed interface Wanted {}

        /** The one of this number. */
        public record Numbered(long number) implements Wanted {}

        /**
         * The one that was believed to hold.
         *
         * @param asOf microseconds since 1970; null only with a known-at, whose instant it is then
         * @param knownAt null for all that is recorded, in the same change set too
         */
        public record AsItWas(@Nullable Long asOf, @Nullable Knowledge knownAt) implements Wanted {
            public AsItWas {
                if (asOf == null && knownAt == null) {
                    throw new IllegalArgumentException("An instant or a known-at is needed");
                }
            }
        }
    }

    /**
     * Take facts back and record others in their stead.
     *
     * @param retract sequence numbers
     */
    record CorrectCi(String id, List<Long> retract, List<RecordedAnew> record)
            implements CiCommand {
        @Override
        public long earliestEffectiveAt() {
            return record.stream()
                    .map(RecordedAnew::effectiveAt)
                    .mapToLong(at -> at == null ? Long.MAX_VALUE : at)
                    .min()
                    .orElse(Long.MAX_VALUE);
        }
    }

    /**
     * A fact recorded by a correction.
     *
     * @param effectiveAt microseconds since 1970, or null: that of the whole correction
     */
    record RecordedAnew(CiEvent fact, @Nullable Long effectiveAt) {}
}
