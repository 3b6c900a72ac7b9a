package dev.cadastre.query.histories;

import dev.cadastre.events.Event;
import dev.cadastre.events.StreamId;
import dev.cadastre.events.asset.AssetEvent.AssetAssigned;
import dev.cadastre.events.asset.AssetEvent.AssetDescribed;
import dev.cadastre.events.asset.AssetEvent.AssetFactRetracted;
import dev.cadastre.events.asset.AssetEvent.AssetRegistered;
import dev.cadastre.events.asset.AssetEvent.AssetTransitioned;
import dev.cadastre.events.ci.CiEvent.CiAssetLinked;
import dev.cadastre.events.ci.CiEvent.CiChanged;
import dev.cadastre.events.ci.CiEvent.CiFactRetracted;
import dev.cadastre.events.ci.CiEvent.CiLifecycleChanged;
import dev.cadastre.events.ci.CiEvent.CiRegistered;
import dev.cadastre.events.ci.CiEvent.CiRemoved;
import dev.cadastre.events.ci.CiEvent.CiRenamed;
import dev.cadastre.events.ci.CiEvent.CiRestored;
import dev.cadastre.events.ci.Lifecycle;
import dev.cadastre.events.ci.Relation;
import dev.cadastre.events.ci.RestoredVersion;
import dev.cadastre.query.histories.Recorded.Entry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Histories of a handful of assets and CIs within a few seconds of valid time: late, scheduled,
 * retracted and corrected facts, removals and re-registrations, relations that come and go. No rule
 * keeps them sensible; what a view makes of them is defined all the same.
 */
public final class RandomHistories {

    /** Valid time lies within this many seconds after {@link #BEGIN}. */
    public static final int SECONDS = 12;

    /** 2024-01-01T00:00:00Z. */
    public static final long BEGIN = Recorded.micros("2024-01-01T00:00:00Z");

    private static final List<String> CIS = List.of("a", "b", "c/1", "ü d");
    private static final List<String> ASSETS = List.of("x", "y", "z");
    private static final List<String> CLASSES = List.of("server", "service");

    private RandomHistories() {}

    /** Lists of change sets. */
    public static Arbitrary<List<List<Entry>>> changeSets(int most) {
        return entries().list().ofMinSize(1).ofMaxSize(4).list().ofMinSize(1).ofMaxSize(most);
    }

    /** A valid instant, often on a boundary between facts. */
    public static Arbitrary<Long> instants() {
        return Arbitraries.integers()
                .between(-1, 2 * SECONDS + 2)
                .map(half -> BEGIN + half * 500_000L);
    }

    private static Arbitrary<Entry> entries() {
        Arbitrary<Long> effective =
                Arbitraries.integers().between(0, SECONDS).map(s -> BEGIN + s * 1_000_000L);
        Arbitrary<Entry> ci =
                Combinators.combine(Arbitraries.of(CIS), effective, ciEvents())
                        .as((id, at, event) -> new Entry(StreamId.ci(id), at, event));
        Arbitrary<Entry> asset =
                Combinators.combine(Arbitraries.of(ASSETS), effective, assetEvents())
                        .as((id, at, event) -> new Entry(StreamId.asset(id), at, event));
        return Arbitraries.oneOf(ci, ci, asset);
    }

    private static Arbitrary<Event> ciEvents() {
        Arbitrary<Event> registered =
                Combinators.combine(
                                Arbitraries.of(CLASSES),
                                names(),
                                attributes(),
                                relations().list().ofMaxSize(2))
                        .as(
                                (ciClass, name, attributes, relations) ->
                                        new CiRegistered(
                                                ciClass, name, null, null, attributes, relations));
        Arbitrary<Event> changed =
                Combinators.combine(
                                attributes(),
                                Arbitraries.of("p", "q", "environment").list().ofMaxSize(1),
                                relations().list().ofMaxSize(1),
                                relations().list().ofMaxSize(1))
                        .as(CiChanged::new);
        Arbitrary<Event> restored =
                Combinators.combine(
                                Arbitraries.of(CLASSES),
                                names().injectNull(0.3),
                                Arbitraries.of(ASSETS).injectNull(0.5),
                                attributes(),
                                relations().list().ofMaxSize(2))
                        .as(
                                (ciClass, name, asset, attributes, relations) ->
                                        new CiRestored(
                                                new RestoredVersion(0, Instant.EPOCH, 0),
                                                ciClass,
                                                name,
                                                null,
                                                asset,
                                                attributes,
                                                relations));
        return Arbitraries.frequencyOf(
                Tuple.of(3, registered),
                Tuple.of(1, restored),
                Tuple.of(4, changed),
                Tuple.of(1, names().injectNull(0.3).map(CiRenamed::new)),
                Tuple.of(1, lifecycles()),
                Tuple.of(1, Arbitraries.of(ASSETS).injectNull(0.3).map(CiAssetLinked::new)),
                Tuple.of(1, Arbitraries.just(new CiRemoved(List.of()))),
                Tuple.of(2, retracted().map(CiFactRetracted::new)));
    }

    private static Arbitrary<Event> assetEvents() {
        Arbitrary<Event> registered =
                Combinators.combine(fields(), attributes())
                        .as(
                                (fields, attributes) ->
                                        new AssetRegistered(
                                                "In stock", "Available", fields, attributes));
        Arbitrary<Event> described =
                Combinators.combine(
                                fields(),
                                Arbitraries.of("model", "name").list().ofMaxSize(1),
                                attributes(),
                                Arbitraries.of("p", "q").list().ofMaxSize(1))
                        .as(AssetDescribed::new);
        Arbitrary<Event> assigned =
                Arbitraries.of("Berlin", "Oslo")
                        .map(
                                place ->
                                        new AssetAssigned(
                                                Map.of("location", place), List.of("custodian")));
        Arbitrary<Event> transitioned =
                Arbitraries.of(
                        new AssetTransitioned("In use", null),
                        new AssetTransitioned("In stock", "Reserved"),
                        new AssetTransitioned("Retired", "Sold"));
        return Arbitraries.frequencyOf(
                Tuple.of(3, registered),
                Tuple.of(2, described),
                Tuple.of(1, assigned),
                Tuple.of(3, transitioned),
                Tuple.of(2, retracted().map(AssetFactRetracted::new)));
    }

    private static Arbitrary<String> names() {
        return Arbitraries.of("Web", "web front", "=SUM(A1)", "Datenbank ä");
    }

    private static Arbitrary<Event> lifecycles() {
        return Arbitraries.of(
                        new Lifecycle("Operational", "In Use"), new Lifecycle("Design", "Build"))
                .map(to -> new CiLifecycleChanged(to.stage(), to.status()));
    }

    private static Arbitrary<Map<String, Object>> attributes() {
        Arbitrary<Object> values =
                Arbitraries.of("1", 1L, -7L, true, List.of("one", 2L, false), "text, \"quoted\"");
        return Arbitraries.maps(Arbitraries.of("p", "q", "a.b", "environment"), values)
                .ofMaxSize(2);
    }

    private static Arbitrary<Map<String, Object>> fields() {
        return Arbitraries.maps(
                        Arbitraries.of("model", "name", "custodian", "manufacturer"),
                        Arbitraries.of("alpha", "beta").map(text -> (Object) text))
                .ofMaxSize(2);
    }

    private static Arbitrary<Relation> relations() {
        return Combinators.combine(Arbitraries.of("partOf", "hostedOn"), Arbitraries.of(CIS))
                .as(Relation::new);
    }

    private static Arbitrary<Long> retracted() {
        return Arbitraries.longs().between(0, 8);
    }
}
