package dev.cadastre.command.assets.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.command.assets.model.AssetCommand.CorrectAsset;
import dev.cadastre.command.assets.model.AssetCommand.DescribeAsset;
import dev.cadastre.command.assets.model.AssetCommand.RegisterAsset;
import dev.cadastre.command.shared.Decision;
import dev.cadastre.command.shared.Rejection;
import dev.cadastre.command.shared.Timeline;
import dev.cadastre.command.shared.TimelineAggregate.Recording;
import dev.cadastre.events.Event;
import dev.cadastre.events.StreamId;
import dev.cadastre.events.asset.AssetEvent.AssetDescribed;
import dev.cadastre.events.asset.AssetEvent.AssetFactRetracted;
import dev.cadastre.events.asset.AssetEvent.AssetRegistered;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;
import org.jspecify.annotations.Nullable;

/**
 * Whatever is recorded, late, scheduled and retracted: no instant ever has two holders of a value;
 * nothing is refused that would not have made two; and every change of who holds what is claimed.
 */
class UniqueValueProperties {

    private static final long NOW = 20;
    private static final long LAST = 30;

    /** One step; what it means depends on what the asset has already. */
    record Step(int asset, String kind, long at, Map<String, @Nullable Object> patch, int which) {}

    /** The recorded events, kept and folded apart from the code under test. */
    private final Map<StreamId, List<Dated>> recorded =
            new TreeMap<>(Comparator.comparing(StreamId::id));

    private record Dated(Event event, long at) {}

    private final KnownEntities known = new KnownEntities(NOW);

    @Property(tries = 2000)
    void no_instant_has_two_holders_of_a_value(@ForAll("histories") List<Step> steps) {
        recorded.clear();
        known.timelines().clear();
        for (Step step : steps) {
            take(step);
            assertThat(doubles(recorded)).as("after %s", step).isEmpty();
        }
    }

    private void take(Step step) {
        StreamId asset = StreamId.asset("A" + step.asset());
        Timeline<AssetState> before = known.timeline(AssetFold.INSTANCE, asset.id());
        AssetDecisions decisions = new AssetDecisions(AssetLifecycle.STANDARD, NOW);
        List<Recording> recordings;
        try {
            recordings =
                    switch (step.kind()) {
                        case "register" ->
                                decisions.decide(
                                        before,
                                        new RegisterAsset(asset.id(), null, null, step.patch()),
                                        step.at());
                        case "describe" ->
                                decisions.decide(
                                        before,
                                        new DescribeAsset(asset.id(), step.patch()),
                                        step.at());
                        default ->
                                decisions.decide(
                                        before,
                                        new CorrectAsset(
                                                asset.id(),
                                                List.of((long) step.which()),
                                                List.of()),
                                        null);
                    };
        } catch (Rejection nothingToCorrect) {
            return;
        }
        if (!recordings.isEmpty()) {
            judge(asset, before, recordings);
        }
    }

    private void judge(StreamId asset, Timeline<AssetState> before, List<Recording> recordings) {
        Timeline<AssetState> after = before;
        Map<StreamId, List<Dated>> wouldBe = copyOf(recorded);
        List<Dated> events = new ArrayList<>(recorded.getOrDefault(asset, List.of()));
        for (Recording each : recordings) {
            long at = each.effectiveAt() == null ? NOW : each.effectiveAt();
            after = after.append(each.event(), at);
            events.add(new Dated(each.event(), at));
        }
        wouldBe.put(asset, events);
        Map<String, Integer> claimedBefore = new HashMap<>();
        Set<String> changed = changedValues(asset, wouldBe);
        changed.forEach(value -> claimedBefore.put(value, known.claims(value)));
        try {
            new AssetRules(AssetLifecycle.STANDARD, asset, new Decision<>(before, after), known)
                    .judge();
        } catch (Rejection.ValueTaken taken) {
            Statistics.collect("taken");
            assertThat(doubles(wouldBe)).as("%s is refused for a reason", recordings).isNotEmpty();
            return;
        } catch (Rejection otherRule) {
            Statistics.collect("refused by another rule");
            return;
        }
        Statistics.collect("recorded");
        changed.forEach(
                value ->
                        assertThat(known.claims(value))
                                .as("claims of %s", value)
                                .isGreaterThan(claimedBefore.get(value)));
        recorded.put(asset, events);
        known.put(asset, after);
    }

    private static Map<StreamId, List<Dated>> copyOf(Map<StreamId, List<Dated>> all) {
        Map<StreamId, List<Dated>> copy = new TreeMap<>(Comparator.comparing(StreamId::id));
        copy.putAll(all);
        return copy;
    }

    private Set<String> changedValues(StreamId asset, Map<StreamId, List<Dated>> wouldBe) {
        Set<String> changed = new HashSet<>();
        for (long at = 0; at <= LAST; at++) {
            Set<String> had = held(recorded.getOrDefault(asset, List.of()), at);
            Set<String> has = held(wouldBe.get(asset), at);
            for (String value : had) {
                if (!has.contains(value)) {
                    changed.add(value);
                }
            }
            for (String value : has) {
                if (!had.contains(value)) {
                    changed.add(value);
                }
            }
        }
        return changed;
    }

    /** Values that two assets hold at one instant. */
    private static List<String> doubles(Map<StreamId, List<Dated>> all) {
        List<String> doubles = new ArrayList<>();
        for (long at = 0; at <= LAST; at++) {
            Map<String, StreamId> holders = new HashMap<>();
            for (Map.Entry<StreamId, List<Dated>> asset : all.entrySet()) {
                for (String value : held(asset.getValue(), at)) {
                    StreamId other = holders.put(value, asset.getKey());
                    if (other != null) {
                        doubles.add(value + " at " + at + ": " + other + ", " + asset.getKey());
                    }
                }
            }
        }
        return doubles;
    }

    /** What an asset holds at an instant, by the plainest fold there is. */
    private static Set<String> held(List<Dated> events, long at) {
        Set<Long> retracted = new HashSet<>();
        for (Dated dated : events) {
            if (dated.event() instanceof AssetFactRetracted retraction) {
                retracted.add(retraction.retracted());
            }
        }
        Map<String, Object> fields = new HashMap<>();
        IntStream.range(0, events.size())
                .filter(i -> !retracted.contains((long) i) && events.get(i).at() <= at)
                .boxed()
                .sorted(Comparator.comparingLong(i -> events.get(i).at()))
                .forEach(i -> apply(events.get(i).event(), fields));
        Set<String> held = new HashSet<>();
        if (fields.get("assetTag") instanceof String tag) {
            held.add("asset-tag:" + tag);
        }
        if (fields.get("serialNumber") instanceof String serial
                && fields.get("manufacturer") instanceof String manufacturer) {
            held.add("serial:" + manufacturer + "\u0000" + serial);
        }
        return held;
    }

    private static void apply(Event event, Map<String, Object> fields) {
        if (event instanceof AssetRegistered registered) {
            fields.putAll(registered.fields());
        } else if (event instanceof AssetDescribed described) {
            fields.keySet().removeAll(described.unset());
            fields.putAll(described.set());
        }
    }

    @Provide
    Arbitrary<List<Step>> histories() {
        Arbitrary<Integer> assets = Arbitraries.integers().between(0, 2);
        Arbitrary<String> kinds =
                Arbitraries.frequency(
                        Tuple.of(3, "register"), Tuple.of(5, "describe"), Tuple.of(2, "retract"));
        Arbitrary<Long> times = Arbitraries.longs().between(0, LAST);
        Arbitrary<Integer> which = Arbitraries.integers().between(0, 6);
        return Combinators.combine(assets, kinds, times, patches(), which)
                .as(Step::new)
                .list()
                .ofMinSize(3)
                .ofMaxSize(20);
    }

    private static Arbitrary<Map<String, @Nullable Object>> patches() {
        Arbitrary<String> fields =
                Arbitraries.of("assetTag", "assetTag", "serialNumber", "manufacturer");
        Arbitrary<String> values = Arbitraries.of("a", "b").injectNull(0.25);
        return Combinators.combine(fields, values, fields, values)
                .as(
                        (field, value, otherField, otherValue) -> {
                            Map<String, @Nullable Object> patch = new HashMap<>();
                            patch.put(field, value);
                            patch.put(otherField, otherValue);
                            return patch;
                        });
    }
}
