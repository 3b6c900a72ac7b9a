package dev.cadastre.benchmarks;

import dev.cadastre.benchmarks.Table.Better;
import dev.cadastre.query.temporal.CommitChanges;
import dev.cadastre.query.temporal.Coordinates;
import dev.cadastre.query.temporal.Count;
import dev.cadastre.query.temporal.EntityKind;
import dev.cadastre.query.temporal.Filter;
import dev.cadastre.query.temporal.Impact;
import dev.cadastre.query.temporal.KindView;
import dev.cadastre.query.temporal.Page;
import dev.cadastre.query.temporal.PageRequest;
import dev.cadastre.query.temporal.RelationTo;
import dev.cadastre.query.temporal.TemporalIndex;
import dev.cadastre.query.temporal.VersionChange;
import dev.cadastre.query.temporal.Vocabulary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BiFunction;

/** Counts, filtered pages and impact as of any instant, beside SQL on the same versions. */
final class TemporalBenchmark {

    private static final String CI = "ci";
    private static final int COMMIT = 500;

    private final Settings settings;
    private final Table table;
    private final Estate estate;

    TemporalBenchmark(Settings settings, Table table) {
        this.settings = settings;
        this.table = table;
        this.estate = new Estate(settings.entities(), 10, settings.seed());
    }

    void run(Path directory) throws Exception {
        TemporalIndex index =
                new TemporalIndex(List.of(new EntityKind(CI, List.of("class", "state"))));
        table.stated(
                "adding a version to the index, CPU", fill(index) / 1e3 / index.versions(), "us");
        table.stated("heap per version", index.heapBytes() / (double) index.versions(), "bytes");
        try (EstateInSql sql =
                new EstateInSql(directory.resolve("versions-in-sql.sqlite"), estate)) {
            agree(index, sql);
            counts(index, sql);
            impact(index, sql);
        }
        page(index);
        ageIndependence(index);
    }

    private void counts(TemporalIndex index, EstateInSql sql) throws Exception {
        SplittableRandom random = new SplittableRandom(settings.seed());
        int now = estate.size - 1;
        table.ratio(
                "count by state as of any instant, current knowledge: CPU of SQL / ours",
                "ms",
                inverse(
                        () ->
                                CpuTime.millisecondsEach(
                                        settings.seconds(),
                                        () -> counts(index, instant(random), now)),
                        () ->
                                CpuTime.millisecondsEach(
                                        settings.seconds(),
                                        () -> sql.countsByStateNow(instant(random)))),
                Better.MORE,
                100,
                1000);
        table.ratio(
                "the same with both axes free: CPU of SQL / ours",
                "ms",
                inverse(
                        () ->
                                CpuTime.millisecondsEach(
                                        settings.seconds(),
                                        () -> counts(index, instant(random), known(random))),
                        () ->
                                CpuTime.millisecondsEach(
                                        settings.seconds(),
                                        () -> sql.countsByState(instant(random), known(random)))),
                Better.MORE,
                10,
                10);
    }

    private void impact(TemporalIndex index, EstateInSql sql) throws Exception {
        int now = estate.size - 1;
        long instant = estate.instantAt(0.5);
        table.ratio(
                "impact to depth 5 over 1,365 CIs: CPU of a recursive query / ours",
                "ms",
                inverse(
                        () ->
                                CpuTime.millisecondsEach(
                                        settings.seconds(),
                                        () -> dependents(index, 0, 5, instant, now)),
                        () ->
                                CpuTime.millisecondsEach(
                                        settings.seconds(),
                                        () -> sql.dependents(0, 5, instant, now))),
                Better.MORE,
                10,
                30);
    }

    /** Ours is the limit here, so that the ratio says how many times less we need. */
    private Comparison.Result inverse(Comparison.Measurement ours, Comparison.Measurement peer)
            throws Exception {
        return Comparison.alternate(settings.rounds(), ours, peer);
    }

    /** Two facets, neither of them selective: the dearest page there is. */
    private Page filteredPage(KindView cis, long asOf) {
        return cis.page(
                Filter.ALL.where("state", "state-3").where("class", "class-5"),
                new Coordinates(asOf, estate.size - 1),
                PageRequest.byId(0, 100));
    }

    private void page(TemporalIndex index) throws Exception {
        SplittableRandom random = new SplittableRandom(settings.seed());
        table.figure(
                "a page of 100 by two facets as of any instant, index only, CPU",
                CpuTime.millisecondsEach(
                        settings.seconds(),
                        () -> index.read(view -> filteredPage(view.kind(CI), instant(random)))),
                "ms",
                Better.LESS,
                1,
                0.25);
    }

    private void ageIndependence(TemporalIndex index) {
        for (double share : new double[] {0.01, 0.5, 1.0}) {
            SplittableRandom random = new SplittableRandom(settings.seed());
            String age = " at %.0f %% of history".formatted(share * 100);
            table.stated(
                    "entries touched by a count by state" + age,
                    touched(index, share, random, this::countByState),
                    "entries");
            table.stated(
                    "entries touched by a page of 100 by two facets" + age,
                    touched(index, share, random, this::filteredPage),
                    "entries");
        }
    }

    private Object countByState(KindView cis, long asOf) {
        return cis.counts(Filter.ALL, List.of("state"), new Coordinates(asOf, estate.size - 1));
    }

    /** The mean over a hundred instants at about one age. */
    private double touched(
            TemporalIndex index,
            double share,
            SplittableRandom random,
            BiFunction<KindView, Long, Object> question) {
        int asked = 100;
        long total = 0;
        for (int i = 0; i < asked; i++) {
            long instant = estate.instantAt(share) - random.nextLong(1_000_000);
            total +=
                    index.read(
                            view -> {
                                question.apply(view.kind(CI), instant);
                                return view.entriesTouched();
                            });
        }
        return total / (double) asked;
    }

    private void agree(TemporalIndex index, EstateInSql sql) throws Exception {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 5; i++) {
            long instant = instant(random);
            int known = known(random);
            require(counts(index, instant, known).equals(sql.countsByState(instant, known)));
            require(counts(index, instant, estate.size - 1).equals(sql.countsByStateNow(instant)));
            require(
                    dependents(index, 0, 5, instant, known)
                            == sql.dependents(0, 5, instant, known));
        }
    }

    private static void require(boolean agreed) {
        if (!agreed) {
            throw new IllegalStateException("the index and SQL disagree: no figure means anything");
        }
    }

    private long instant(SplittableRandom random) {
        return random.nextLong(estate.instantAt(1));
    }

    /** At least the whole uncorrected history, so that both axes matter. */
    private int known(SplittableRandom random) {
        int uncorrected = estate.entities * estate.versionsEach;
        return uncorrected + random.nextInt(estate.size - uncorrected - 1);
    }

    private Map<Integer, Long> counts(TemporalIndex index, long asOf, int knownAt) {
        return index.read(
                view -> {
                    Map<Integer, Long> counts = new HashMap<>();
                    for (Count count :
                            view.kind(CI)
                                    .counts(
                                            Filter.ALL,
                                            List.of("state"),
                                            new Coordinates(asOf, knownAt))) {
                        counts.put(state(count.values().getFirst()), count.count());
                    }
                    return counts;
                });
    }

    private static int state(String text) {
        return Integer.parseInt(text.substring("state-".length()));
    }

    private int dependents(TemporalIndex index, int entity, int depth, long asOf, int knownAt) {
        return index.read(
                view -> {
                    KindView cis = view.kind(CI);
                    return cis.impact(
                                    entity,
                                    new Coordinates(asOf, knownAt),
                                    Impact.Direction.DEPENDENTS,
                                    depth,
                                    null)
                            .nodes()
                            .size();
                });
    }

    /** Fills the index; returns the nanoseconds of CPU that it took to take the changes in. */
    private long fill(TemporalIndex index) {
        long applying = 0;
        Vocabulary words = index.vocabulary(CI);
        for (int entity = 0; entity < estate.entities; entity++) {
            words.internEntity("ci-" + entity);
        }
        int dependsOn = words.internRelationType("dependsOn");
        int[] versions = new int[estate.entities];
        int[] numbers = new int[estate.size];
        Map<Integer, List<Integer>> endedBy = new HashMap<>();
        for (int i = 0; i < estate.size; i++) {
            if (estate.recordedTo[i] != Integer.MAX_VALUE) {
                endedBy.computeIfAbsent(estate.recordedTo[i], at -> new ArrayList<>()).add(i);
            }
        }
        List<VersionChange> changes = new ArrayList<>();
        for (int i = 0; i < estate.size; i++) {
            int entity = estate.entity[i];
            for (int ended : endedBy.getOrDefault(i, List.of())) {
                changes.add(new VersionChange.Ended(CI, entity, numbers[ended], i));
            }
            numbers[i] = versions[entity]++;
            int relations =
                    entity == 0
                            ? Vocabulary.NO_RELATIONS
                            : words.internRelations(
                                    List.of(new RelationTo(dependsOn, Estate.parent(entity))));
            changes.add(
                    new VersionChange.Began(
                            CI,
                            entity,
                            numbers[i],
                            i,
                            estate.validFrom[i],
                            true,
                            new int[] {
                                words.internValue(0, "class-" + estate.ciClass[i]),
                                words.internValue(1, "state-" + estate.state[i])
                            },
                            relations));
            if (i % COMMIT == COMMIT - 1 || i == estate.size - 1) {
                CommitChanges commit = new CommitChanges(i, i, List.copyOf(changes));
                long began = CpuTime.nanoseconds();
                index.apply(List.of(commit), new byte[32]);
                applying += CpuTime.nanoseconds() - began;
                changes.clear();
            }
        }
        return applying;
    }
}
