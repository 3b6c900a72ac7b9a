package dev.cadastre.command.assets.model;

import dev.cadastre.command.shared.Fact;
import dev.cadastre.command.shared.Fold;
import dev.cadastre.events.StreamId;
import dev.cadastre.events.asset.AssetEvent;

/** Adds up the facts of an asset. */
public final class AssetFold implements Fold<AssetState> {

    public static final AssetFold INSTANCE = new AssetFold();

    private AssetFold() {}

    @Override
    public String kind() {
        return StreamId.ASSET;
    }

    @Override
    public AssetState absent() {
        return AssetState.ABSENT;
    }

    @Override
    public AssetState apply(AssetState state, Fact fact) {
        return state.on((AssetEvent) fact.event());
    }
}
