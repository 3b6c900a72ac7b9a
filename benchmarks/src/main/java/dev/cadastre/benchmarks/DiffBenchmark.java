package dev.cadastre.benchmarks;

import dev.cadastre.benchmarks.Table.Better;
import dev.cadastre.eventstore.config.EmbeddedLog;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.query.diff.model.EstateDiff;
import dev.cadastre.query.diff.model.Scope;
import dev.cadastre.query.register.bodies.Bodies;
import dev.cadastre.query.register.projection.ProjectionLimits;
import dev.cadastre.query.register.projection.RegisterProjection;
import dev.cadastre.query.temporal.CommitChanges;
import dev.cadastre.query.temporal.Coordinates;
import dev.cadastre.query.temporal.EntityKind;
import dev.cadastre.query.temporal.KindView;
import dev.cadastre.query.temporal.TemporalIndex;
import dev.cadastre.query.temporal.Version;
import dev.cadastre.query.temporal.VersionChange;
import dev.cadastre.query.temporal.Vocabulary;
import dev.cadastre.query.versions.sqlite.SqliteVersionStore;
import dev.cadastre.query.versions.store.VersionStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;

/** Differences between two coordinates, beside the comparison of every thing at both. */
final class DiffBenchmark {

    private static final String CI = "ci";
    private static final long CACHE_BYTES = 64L << 20;
    private static final int COMMIT = 500;

    /** A month of a history of five years. */
    private static final int SHARE = 60;

    private final Settings settings;
    private final Table table;

    /** The two ends of a diff. */
    private record Ends(Coordinates from, Coordinates to) {}

    DiffBenchmark(Settings settings, Table table) {
        this.settings = settings;
        this.table = table;
    }

    void run(Path directory) throws Exception {
        filledRegister(directory);
        proportion();
    }

    private void filledRegister(Path directory) throws Exception {
        Path data = Files.createDirectory(directory.resolve("diff"));
        try (EventLog log = EmbeddedLog.open(data, Clock.systemUTC());
                VersionStore store = SqliteVersionStore.open(data.resolve("versions.sqlite"))) {
            FilledLog.fill(log, settings.cis(), settings.events(), settings.seed());
            Bodies bodies = new Bodies(store, CACHE_BYTES);
            try (RegisterProjection projection =
                    RegisterProjection.start(
                            log,
                            store,
                            bodies,
                            data.resolve("index.image"),
                            ProjectionLimits.DEFAULT)) {
                projection.await(log.head().size() - 1, Duration.ofMinutes(10));
                projection.awaitBodies();
                EstateDiff diff = new EstateDiff(projection.index(), bodies, log);
                measure(log, projection.index(), diff);
            }
        }
    }

    private void measure(EventLog log, TemporalIndex index, EstateDiff diff) throws Exception {
        int last = Math.toIntExact(log.head().size() - 1);
        long begin = log.event(2).orElseThrow().envelope().effectiveAt();
        long end = log.event(last).orElseThrow().envelope().effectiveAt();
        SplittableRandom random = new SplittableRandom(settings.seed());
        long month = (end - begin) / SHARE;
        compared(
                "two instants a month apart",
                index,
                () -> {
                    long from = begin + random.nextLong(end - begin - month);
                    return new Ends(
                            new Coordinates(from, last), new Coordinates(from + month, last));
                });
        compared(
                "the same, as known at two positions a month apart",
                index,
                () -> {
                    int known = random.nextInt(last / 2, last - last / SHARE);
                    return new Ends(
                            new Coordinates(end, known),
                            new Coordinates(end, known + last / SHARE));
                });
        Scope scope = Scope.of("asset", CI);
        table.figure(
                "a diff of two instants a month apart: a page of 50, field by field, with its events,"
                        + " CPU",
                CpuTime.millisecondsEach(
                        settings.seconds(),
                        () -> {
                            long from = begin + random.nextLong(end - begin - month);
                            return diff.part(
                                    scope,
                                    new Coordinates(from, last),
                                    new Coordinates(from + month, last),
                                    0,
                                    0,
                                    50);
                        }),
                "ms",
                Better.LESS,
                17,
                1);
        long[] things = new long[2];
        double whole =
                CpuTime.millisecondsEach(
                        settings.seconds(),
                        () -> {
                            long from = begin + random.nextLong(end - begin - month);
                            things[0]++;
                            things[1] +=
                                    diff.differences(
                                                    scope,
                                                    new Coordinates(from, last),
                                                    new Coordinates(from + month, last))
                                            .count();
                            return things[1];
                        });
        table.stated(
                "all of it (%,d things on average), CPU a thing".formatted(things[1] / things[0]),
                whole * 1_000 / ((double) things[1] / things[0]),
                "us");
    }

    /** Makes the ends of one diff. */
    private interface EndsMaker {
        Ends make();
    }

    private void compared(String what, TemporalIndex index, EndsMaker maker) throws Exception {
        for (int i = 0; i < 5; i++) {
            agree(index, maker.make());
        }
        Comparison.Result result =
                Comparison.alternate(
                        settings.rounds(),
                        () ->
                                CpuTime.millisecondsEach(
                                        settings.seconds(), () -> differing(index, maker.make())),
                        () ->
                                CpuTime.millisecondsEach(
                                        settings.seconds(), () -> everyThing(index, maker.make())));
        table.statedRatio(
                "which CIs differ, " + what + ": CPU of comparing every CI / ours", "ms", result);
        table.figure("the same, ours alone", result.limit(), "ms", Better.LESS, 17, 1);
    }

    private static int differing(TemporalIndex index, Ends ends) {
        return index.read(view -> view.kind(CI).differences(ends.from(), ends.to()).size());
    }

    private static int everyThing(TemporalIndex index, Ends ends) {
        return index.read(
                view -> {
                    KindView cis = view.kind(CI);
                    int differ = 0;
                    for (int entity = 0; entity < cis.vocabulary().entities(); entity++) {
                        Version before = cis.version(entity, ends.from());
                        Version after = cis.version(entity, ends.to());
                        differ += Objects.equals(before, after) ? 0 : 1;
                    }
                    return differ;
                });
    }

    private static void agree(TemporalIndex index, Ends ends) {
        int naive = everyThing(index, ends);
        int ours = differing(index, ends);
        if (naive != ours) {
            throw new IllegalStateException(ours + " CIs are told to differ, but " + naive + " do");
        }
    }

    /** The entries touched for so many changes of a large estate, on either axis. */
    private void proportion() {
        for (int changes : new int[] {10, settings.entities() / 200, settings.entities() / 2}) {
            TemporalIndex index = changed(settings.entities(), 4 * changes);
            int last = settings.entities() + 4 * changes - 1;
            int middle = settings.entities() + changes;
            Ends instants =
                    new Ends(
                            new Coordinates(middle, last), new Coordinates(middle + changes, last));
            Ends positions =
                    new Ends(
                            new Coordinates(middle, middle),
                            new Coordinates(middle + changes, middle + changes));
            String of = " for %,d changes out of %,d CIs".formatted(changes, settings.entities());
            agree(index, instants);
            agree(index, positions);
            table.stated("entries touched by a diff" + of, touched(index, instants), "entries");
            table.stated(
                    "the same as known then at either end", touched(index, positions), "entries");
        }
    }

    private static double touched(TemporalIndex index, Ends ends) {
        return index.read(
                view -> {
                    view.kind(CI).differences(ends.from(), ends.to());
                    return (double) view.entriesTouched();
                });
    }

    /** So many CIs, then so many changes of one after the other; an instant is a position. */
    private static TemporalIndex changed(int cis, int changes) {
        TemporalIndex index = new TemporalIndex(List.of(new EntityKind(CI, List.of("state"))));
        Vocabulary words = index.vocabulary(CI);
        List<VersionChange> open = new ArrayList<>();
        for (int i = 0; i < cis + changes; i++) {
            int entity = words.internEntity("ci-" + i % cis);
            int[] facets = {words.internValue(0, "state-" + i % 7)};
            open.add(new VersionChange.Began(CI, entity, i / cis, i, i, true, facets, 0));
            if (open.size() == COMMIT || i == cis + changes - 1) {
                index.apply(List.of(new CommitChanges(i, i, List.copyOf(open))), new byte[32]);
                open.clear();
            }
        }
        return index;
    }
}
