package dev.cadastre.query.snapshots.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.events.Microseconds;
import dev.cadastre.events.snapshot.SnapshotCoordinates;
import dev.cadastre.events.snapshot.SnapshotEvent.SnapshotTaken;
import dev.cadastre.events.snapshot.SnapshotScope;
import dev.cadastre.eventstore.log.LogHead;
import dev.cadastre.query.histories.HistoryInstance;
import dev.cadastre.query.histories.RandomHistories;
import dev.cadastre.query.histories.Recorded.Entry;
import dev.cadastre.query.register.kinds.RegisterKind;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import tools.jackson.databind.JsonNode;

/**
 * What a snapshot shows, whatever was recorded after it: the naive states at its coordinates, by
 * the index and by the log alike, and the very same items that it showed when it was taken.
 */
class SnapshotProperties {

    @Property(tries = 20)
    void a_snapshot_shows_the_same_whatever_is_recorded_later(
            @ForAll("histories") List<List<Entry>> history,
            @ForAll @IntRange(min = 1, max = 12) int changeSets,
            @ForAll("instants") long asOf) {
        List<List<Entry>> until = history.subList(0, Math.min(changeSets, history.size()));
        try (HistoryInstance then = new HistoryInstance(until);
                HistoryInstance later = new HistoryInstance(history)) {
            long position = then.log().head().size() - 1;
            Snapshot taken = snapshot(then, asOf, position);
            Snapshot same = snapshot(later, asOf, position);

            assertThat(items(later).digest(same)).isEqualTo(naive(later, asOf, position));
            assertThat(new SnapshotVerification(later.log()).of(same).digest())
                    .isEqualTo(items(later).digest(same));
            assertThat(lines(later, same)).isEqualTo(lines(then, taken));
        }
    }

    /** The digest by its definition. */
    private static SnapshotDigest.Result naive(HistoryInstance instance, long asOf, long position) {
        SnapshotDigest digest = new SnapshotDigest();
        MessageDigest sha256 = SnapshotDigest.sha256();
        for (RegisterKind kind : Scope.of(SnapshotScope.ALL).kinds()) {
            instance.naive().states(kind.word(), asOf, position).entrySet().stream()
                    .sorted(Comparator.comparing(each -> each.getKey(), Utf8Order.COMPARATOR))
                    .forEach(
                            each ->
                                    digest.add(
                                            kind,
                                            each.getKey(),
                                            HexFormat.of()
                                                    .formatHex(
                                                            EntityContent.hash(
                                                                    kind,
                                                                    each.getValue(),
                                                                    sha256))));
        }
        return digest.result();
    }

    private static List<String> lines(HistoryInstance instance, Snapshot snapshot) {
        List<String> lines = new ArrayList<>();
        items(instance)
                .all(snapshot)
                .forEachRemaining(
                        chunk ->
                                chunk.forEach(
                                        item ->
                                                lines.add(
                                                        item.kind().word()
                                                                + " "
                                                                + item.contentHash()
                                                                + " "
                                                                + body(item.body()))));
        return lines;
    }

    /** When the two instances recorded differs. */
    private static String body(JsonNode body) {
        return body.toString().replaceAll("\"recordedFrom\":\"[^\"]*\"", "");
    }

    private static SnapshotItems items(HistoryInstance instance) {
        return new SnapshotItems(instance.projected().index(), instance.projected().bodies());
    }

    private static Snapshot snapshot(HistoryInstance instance, long asOf, long position) {
        LogHead head = instance.log().head();
        return new Snapshot(
                "s",
                new SnapshotTaken(
                        "S",
                        null,
                        SnapshotScope.ALL,
                        new SnapshotCoordinates(
                                Microseconds.toInstant(asOf),
                                Microseconds.toInstant(head.recordedAt()),
                                position,
                                head.size(),
                                HexFormat.of().formatHex(head.root()))),
                instance.log().event(0).orElseThrow(),
                null);
    }

    @Provide
    Arbitrary<List<List<Entry>>> histories() {
        return RandomHistories.changeSets(12);
    }

    @Provide
    Arbitrary<Long> instants() {
        return RandomHistories.instants();
    }
}
