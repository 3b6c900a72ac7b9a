package dev.cadastre.benchmarks;

import dev.cadastre.events.Event;
import dev.cadastre.events.Microseconds;
import dev.cadastre.events.StreamId;
import dev.cadastre.events.ci.CiEvent.CiChanged;
import dev.cadastre.events.ci.CiEvent.CiRegistered;
import dev.cadastre.events.ci.Relation;
import dev.cadastre.events.json.EventJson;
import dev.cadastre.events.model.ModelEvent.CiClassDefined;
import dev.cadastre.events.model.ModelEvent.RelationTypeDefined;
import dev.cadastre.eventstore.log.ChangeSet;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.eventstore.log.ProposedEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * Fills a log with the lives of CIs, past the rules: what projections and starts are measured on.
 * Each CI is registered, then changed at random; every change set holds up to 200 events.
 */
final class FilledLog {

    private static final byte[] METADATA =
            "{\"reason\":\"routine work\",\"change\":\"CHG0031337\"}"
                    .getBytes(StandardCharsets.UTF_8);
    private static final String[] STATES = {"Operational", "Deploy", "Inventory", "Defective"};

    private final EventLog log;
    private final int cis;
    private final SplittableRandom random;
    private final long[] sequence;
    private final List<ProposedEvent> open = new ArrayList<>();
    private final boolean[] touched;
    private final List<Integer> inOpen = new ArrayList<>();
    private long effectiveAt = Microseconds.of(Instant.parse("2019-01-01T00:00:00Z"));

    private FilledLog(EventLog log, int cis, long seed) {
        this.log = log;
        this.cis = cis;
        this.random = new SplittableRandom(seed);
        this.sequence = new long[cis];
        this.touched = new boolean[cis];
    }

    static void fill(EventLog log, int cis, long events, long seed) {
        new FilledLog(log, cis, seed).fill(events);
    }

    private void fill(long events) {
        add(StreamId.ciClass("server"), 0, new CiClassDefined(null, Map.of()), List.of());
        add(
                StreamId.relationType("dependsOn"),
                0,
                new RelationTypeDefined(null, null, false),
                List.of());
        commit();
        for (int ci = 0; ci < cis; ci++) {
            register(ci);
        }
        for (long n = cis; n < events; n++) {
            change(random.nextInt(cis), n);
        }
        commit();
    }

    private void register(int ci) {
        List<Relation> relations =
                ci == 0 ? List.of() : List.of(new Relation("dependsOn", id((ci - 1) / 4)));
        touch(ci);
        add(
                StreamId.ci(id(ci)),
                sequence[ci]++,
                new CiRegistered(
                        "server",
                        "Server " + ci,
                        null,
                        null,
                        Map.of(
                                "environment",
                                ci % 3 == 0 ? "production" : "test",
                                "owner",
                                "team-" + ci % 40,
                                "cores",
                                8L,
                                "address",
                                "10.20." + ci % 256 + "." + ci / 256 % 256),
                        relations),
                ci == 0 ? List.of() : List.of(StreamId.ci(id((ci - 1) / 4)).toString()));
    }

    private void change(int ci, long n) {
        touch(ci);
        add(
                StreamId.ci(id(ci)),
                sequence[ci]++,
                new CiChanged(
                        Map.of(
                                "patchLevel",
                                n,
                                "environment",
                                n % 3 == 0 ? "production" : "test",
                                "stage",
                                STATES[(int) (n % 4)]),
                        List.of(),
                        List.of(),
                        List.of()),
                List.of());
    }

    /** A CI occurs once in a change set, as in most imports. */
    private void touch(int ci) {
        if (open.size() == 200 || touched[ci]) {
            commit();
        }
        touched[ci] = true;
        inOpen.add(ci);
    }

    private void add(StreamId stream, long number, Event event, List<String> references) {
        EventJson.Type type = EventJson.typeOf(event);
        open.add(
                new ProposedEvent(
                        stream.toString(),
                        number,
                        randomId(),
                        type.name(),
                        type.revision(),
                        EventJson.write(event),
                        effectiveAt,
                        Long.MAX_VALUE,
                        references));
    }

    private void commit() {
        effectiveAt += 60_000_000L;
        log.append(
                        new ChangeSet(
                                randomId(),
                                "benchmark",
                                "benchmark",
                                "benchmark",
                                METADATA,
                                List.copyOf(open),
                                List.of(),
                                List.of(),
                                null))
                .join();
        open.clear();
        inOpen.forEach(ci -> touched[ci] = false);
        inOpen.clear();
    }

    private UUID randomId() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    static String id(int ci) {
        return "server:" + ci;
    }
}
