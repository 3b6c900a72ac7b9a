package dev.cadastre.query.histories;

import dev.cadastre.events.StreamId;
import dev.cadastre.events.asset.AssetEvent.AssetAssigned;
import dev.cadastre.events.asset.AssetEvent.AssetRegistered;
import dev.cadastre.events.asset.AssetEvent.AssetTransitioned;
import dev.cadastre.events.ci.CiEvent.CiChanged;
import dev.cadastre.events.ci.CiEvent.CiFactRetracted;
import dev.cadastre.events.ci.CiEvent.CiRegistered;
import dev.cadastre.events.ci.CiEvent.CiRemoved;
import dev.cadastre.events.ci.Relation;
import dev.cadastre.query.histories.Recorded.Entry;
import java.util.List;
import java.util.Map;

/**
 * A small estate with something of everything, for tests over HTTP. Positions: rack 0, db 1, web 2
 * (one change set), laptop 3, web 4, laptop 5, web 6, web 7, laptop 8, db/old 9, db/old 10.
 */
public final class Estate {

    public static final StreamId RACK = StreamId.ci("rack");
    public static final StreamId DB = StreamId.ci("db");
    public static final StreamId WEB = StreamId.ci("web");
    public static final StreamId OLD = StreamId.ci("db/old; 50%");
    public static final StreamId LAPTOP = StreamId.asset("laptop");

    private Estate() {}

    /** Records the estate. */
    public static void record(Recorded recorded) {
        recorded.changeSet(
                Entry.at("2024-01-01T00:00:00Z", RACK, ci("rack", List.of())),
                Entry.at("2024-01-01T00:00:00Z", DB, ci("server", List.of(on("rack")))),
                Entry.at("2024-01-01T00:00:00Z", WEB, ci("service", List.of(uses("db")))));
        recorded.at(
                "2024-02-01T00:00:00Z",
                LAPTOP,
                new AssetRegistered("In stock", "Available", Map.of("name", "=1+1"), Map.of()));
        recorded.at("2024-03-01T00:00:00Z", WEB, cores(8));
        recorded.at("2024-03-15T00:00:00Z", LAPTOP, new AssetTransitioned("In use", null));
        recorded.at("2024-02-01T00:00:00Z", WEB, cores(4));
        recorded.now(WEB, new CiFactRetracted(1));
        recorded.at(
                "2024-03-16T00:00:00Z",
                LAPTOP,
                new AssetAssigned(Map.of("location", "Oslo"), List.of()));
        recorded.at("2024-01-15T00:00:00Z", OLD, ci("server", List.of()));
        recorded.at("2024-02-15T00:00:00Z", OLD, new CiRemoved(List.of()));
    }

    private static CiRegistered ci(String ciClass, List<Relation> relations) {
        return new CiRegistered(ciClass, null, null, null, Map.of("cores", 2L), relations);
    }

    private static CiChanged cores(long cores) {
        return new CiChanged(Map.of("cores", cores), List.of(), List.of(), List.of());
    }

    private static Relation on(String to) {
        return new Relation("runsOn", to);
    }

    private static Relation uses(String to) {
        return new Relation("dependsOn", to);
    }
}
