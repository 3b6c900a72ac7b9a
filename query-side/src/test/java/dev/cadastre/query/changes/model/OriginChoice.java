package dev.cadastre.query.changes.model;

import dev.cadastre.events.json.StoredMetadata;
import dev.cadastre.eventstore.log.ChangeSet;
import dev.cadastre.eventstore.log.Committed;
import dev.cadastre.query.histories.HistoryInstance;
import dev.cadastre.query.histories.Recorded;
import dev.cadastre.query.histories.Recorded.Entry;
import dev.cadastre.query.histories.SteppingClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.jspecify.annotations.Nullable;

/**
 * Who recorded a change set and why.
 *
 * @param timedId whether its id tells when it was made
 * @param alone whether it is in a commit of its own, as far as the writer can be made to
 */
record OriginChoice(
        String principal,
        String actor,
        String source,
        @Nullable String change,
        boolean timedId,
        boolean alone) {

    static final List<String> ACTORS = List.of("person-a", "person-b");
    static final List<String> PRINCIPALS = List.of("person-a", "import-robot");
    static final List<String> SOURCES = List.of("http", "nightly");
    static final List<String> CHANGES = List.of("CHG-1", "CHG-10", "chg-1");

    static Arbitrary<OriginChoice> any() {
        return Combinators.combine(
                        Arbitraries.of(PRINCIPALS),
                        Arbitraries.of(ACTORS),
                        Arbitraries.of(SOURCES),
                        Arbitraries.of("CHG-1", "CHG-10", "chg-1", "").injectNull(0.3),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false))
                .as(OriginChoice::new);
    }

    /** Records change sets of these origins, in turn. */
    static HistoryInstance record(List<List<Entry>> changeSets, List<OriginChoice> origins) {
        SteppingClock clock =
                new SteppingClock(Instant.parse("2024-01-01T00:00:00Z"), Duration.ofMillis(400));
        return new HistoryInstance(recorded -> record(recorded, changeSets, origins, clock), clock);
    }

    /** What finds the change sets of a history, with bounds on what it looks at. */
    static Changes changes(HistoryInstance instance, int eventsOfAPage, int eventsOfASearch) {
        return new Changes(
                instance.log(),
                instance.projected().view(),
                instance.projected().index(),
                instance.projected().bodies(),
                eventsOfAPage,
                eventsOfASearch);
    }

    private static List<Committed> record(
            Recorded recorded,
            List<List<Entry>> changeSets,
            List<OriginChoice> origins,
            SteppingClock clock) {
        List<CompletableFuture<Committed>> appended = new ArrayList<>();
        for (int i = 0; i < changeSets.size(); i++) {
            OriginChoice origin = origins.get(i % origins.size());
            appended.add(
                    recorded.log()
                            .append(
                                    origin.of(
                                            recorded.proposed(changeSets.get(i)),
                                            clock.instant())));
            if (origin.alone()) {
                appended.getLast().join();
            }
        }
        return appended.stream().map(CompletableFuture::join).toList();
    }

    private ChangeSet of(ChangeSet proposed, Instant now) {
        UUID random = proposed.id();
        UUID timed =
                new UUID(
                        now.toEpochMilli() << 16 | 0x7000 | random.getMostSignificantBits() & 0xFFF,
                        random.getLeastSignificantBits());
        return new ChangeSet(
                timedId ? timed : random,
                principal,
                actor,
                source,
                new StoredMetadata(null, change, null, null, null).toJson(),
                proposed.events(),
                List.of(),
                List.of(),
                null);
    }
}
