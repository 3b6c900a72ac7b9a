package dev.cadastre.query.histories;

import dev.cadastre.events.Event;
import dev.cadastre.events.StreamId;
import dev.cadastre.events.asset.AssetEvent.AssetAssigned;
import dev.cadastre.events.asset.AssetEvent.AssetFactRetracted;
import dev.cadastre.events.asset.AssetEvent.AssetRegistered;
import dev.cadastre.events.asset.AssetEvent.AssetTransitioned;
import dev.cadastre.events.ci.CiEvent.CiChanged;
import dev.cadastre.events.ci.CiEvent.CiFactRetracted;
import dev.cadastre.events.ci.CiEvent.CiRegistered;
import dev.cadastre.events.ci.CiEvent.CiRemoved;
import dev.cadastre.events.ci.Relation;
import dev.cadastre.query.histories.Recorded.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A history like those of {@link RandomHistories}, the same for the same seed, of any length. */
public final class SeededHistory {

    private final Random random;

    private SeededHistory(long seed) {
        this.random = new Random(seed);
    }

    public static List<List<Entry>> changeSets(long seed, int number) {
        SeededHistory history = new SeededHistory(seed);
        List<List<Entry>> changeSets = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            List<Entry> changeSet = new ArrayList<>();
            for (int n = 1 + history.random.nextInt(3); n > 0; n--) {
                changeSet.add(history.entry());
            }
            changeSets.add(changeSet);
        }
        return changeSets;
    }

    private Entry entry() {
        String id = "thing " + random.nextInt(5);
        long at = RandomHistories.BEGIN + random.nextInt(RandomHistories.SECONDS) * 1_000_000L;
        return random.nextInt(3) == 0
                ? new Entry(StreamId.asset(id), at, assetEvent())
                : new Entry(StreamId.ci(id), at, ciEvent());
    }

    private Event ciEvent() {
        return switch (random.nextInt(6)) {
            case 0, 1 ->
                    new CiRegistered(
                            random.nextBoolean() ? "server" : "service",
                            "name " + random.nextInt(3),
                            null,
                            null,
                            Map.of("n", (long) random.nextInt(3)),
                            List.of(relation()));
            case 2 -> new CiRemoved(List.of());
            case 3 -> new CiFactRetracted(random.nextInt(8));
            default ->
                    new CiChanged(
                            Map.of("n", (long) random.nextInt(3)),
                            List.of(),
                            List.of(relation()),
                            List.of(relation()));
        };
    }

    private Relation relation() {
        return new Relation("partOf", "thing " + random.nextInt(5));
    }

    private Event assetEvent() {
        return switch (random.nextInt(4)) {
            case 0 ->
                    new AssetRegistered(
                            "In stock", "Available", Map.of("model", "m"), Map.of("p", true));
            case 1 -> new AssetTransitioned("In use", null);
            case 2 -> new AssetFactRetracted(random.nextInt(8));
            default ->
                    new AssetAssigned(Map.of("location", "room " + random.nextInt(3)), List.of());
        };
    }
}
