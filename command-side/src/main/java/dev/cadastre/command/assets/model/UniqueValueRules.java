package dev.cadastre.command.assets.model;

import dev.cadastre.command.shared.Difference;
import dev.cadastre.command.shared.Neighbours;
import dev.cadastre.command.shared.Rejection;
import dev.cadastre.command.shared.Span;
import dev.cadastre.command.shared.Timeline;
import dev.cadastre.events.StreamId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * At no instant do two assets have one unique value. Every change of who has a value claims it
 * under the next number, and the log refuses a number that is taken: so of two that change it at
 * once one decides anew.
 */
final class UniqueValueRules {

    private static final List<String> CHANGES_A_VALUE =
            List.of("asset.registered", "asset.described", "asset.fact-retracted");

    private final StreamId asset;
    private final Neighbours neighbours;
    private final Set<UniqueValue> claimed = new HashSet<>();

    UniqueValueRules(StreamId asset, Neighbours neighbours) {
        this.asset = asset;
        this.neighbours = neighbours;
    }

    /**
     * Claims the values that change hands in a difference.
     *
     * @throws Rejection.ValueTaken if another asset has a gained value at one of its instants
     */
    void judge(Difference<AssetState> difference) {
        List<UniqueValue> had = UniqueValue.of(difference.before());
        List<UniqueValue> has = UniqueValue.of(difference.after());
        for (UniqueValue value : had) {
            if (!has.contains(value)) {
                claim(value);
            }
        }
        for (UniqueValue value : has) {
            if (!had.contains(value)) {
                // The claim's number comes first: whoever claims after it was read makes it fail.
                claim(value);
                judgeHolders(value, difference);
            }
        }
    }

    private void claim(UniqueValue value) {
        if (claimed.add(value)) {
            neighbours.claim(value.claimed(), asset);
        }
    }

    private void judgeHolders(UniqueValue value, Difference<AssetState> difference) {
        for (StreamId other : neighbours.claimants(value.claimed())) {
            if (other.equals(asset)) {
                continue;
            }
            Timeline<AssetState> timeline = neighbours.timeline(AssetFold.INSTANCE, other.id());
            // A claim may be visible a moment before the timeline of its asset is: the log knows.
            neighbours.rely(other, CHANGES_A_VALUE);
            for (Span<AssetState> held : value.heldIn(timeline)) {
                if (held.from() < difference.to() && difference.from() < held.to()) {
                    throw new Rejection.ValueTaken(
                            "/" + value.field(),
                            value.text(),
                            other,
                            held.from(),
                            held.to(),
                            "The "
                                    + value
                                    + " belongs to the asset "
                                    + other.id()
                                    + " "
                                    + AssetRules.during(held.from(), held.to())
                                    + ". Choose another, or take it away there first.");
                }
            }
        }
    }
}
