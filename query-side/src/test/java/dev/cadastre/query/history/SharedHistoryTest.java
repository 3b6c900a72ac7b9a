package dev.cadastre.query.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.events.Microseconds;
import dev.cadastre.events.StreamId;
import dev.cadastre.events.snapshot.SnapshotCoordinates;
import dev.cadastre.events.snapshot.SnapshotEvent.SnapshotTaken;
import dev.cadastre.events.snapshot.SnapshotScope;
import dev.cadastre.eventstore.config.EmbeddedLog;
import dev.cadastre.eventstore.log.Committed;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.eventstore.log.LogHead;
import dev.cadastre.eventstore.log.StoredEvent;
import dev.cadastre.query.diff.model.EntityDifference;
import dev.cadastre.query.diff.model.EstateDiff;
import dev.cadastre.query.diff.model.Scope;
import dev.cadastre.query.histories.ProjectedRegister;
import dev.cadastre.query.history.ExpectedStates.KnownInstant;
import dev.cadastre.query.register.kinds.RegisterKind;
import dev.cadastre.query.register.model.Selection;
import dev.cadastre.query.register.model.SortOrder;
import dev.cadastre.query.register.projection.ProjectionLimits;
import dev.cadastre.query.shared.difference.BodyDifference;
import dev.cadastre.query.shared.facts.StreamFacts;
import dev.cadastre.query.shared.time.Coordinates;
import dev.cadastre.query.snapshots.model.Snapshot;
import dev.cadastre.query.snapshots.model.SnapshotItems;
import dev.cadastre.query.timeline.model.EntityTimeline;
import dev.cadastre.query.timeline.model.Order;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Eight years of a real estate: every answer is the one that the history's own files give. */
class SharedHistoryTest {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    @TempDir static Path directory;

    private static Path folder;
    private static ExpectedStates expected;
    private static @Nullable EventLog log;
    private static ProjectedRegister register;

    /** Once, but asked for before each test, so that each is seen to be skipped. */
    @BeforeEach
    void load() throws IOException {
        folder = SharedData.folder("history-osg");
        if (log != null) {
            return;
        }
        expected = ExpectedStates.read(folder);
        EventLog opened = EmbeddedLog.open(directory, Clock.systemUTC());
        log = opened;
        List<CompletableFuture<Committed>> appended = new ArrayList<>();
        new HistoryFile(folder).read(change -> appended.add(opened.append(change)));
        CompletableFuture.allOf(appended.toArray(CompletableFuture[]::new)).join();
        register = project();
    }

    @AfterAll
    static void close() {
        if (log != null) {
            register.close();
            log.close();
        }
    }

    @Test
    void the_state_at_every_known_instant_is_the_expected_one() {
        assertThat(
                        expected.differences(
                                asOf ->
                                        bodies(register, at(asOf))
                                                .map(b -> new String(b, StandardCharsets.UTF_8))))
                .isEmpty();
    }

    @Test
    void the_items_of_snapshots_have_the_expected_hashes_in_the_expected_order() throws Exception {
        SnapshotItems items = new SnapshotItems(register.index(), register.bodies());
        for (KnownInstant instant : expected.instants()) {
            MessageDigest lines = MessageDigest.getInstance("SHA-256");
            items.all(snapshot(instant))
                    .forEachRemaining(
                            chunk ->
                                    chunk.forEach(
                                            item ->
                                                    lines.update(
                                                            (item.id()
                                                                            + "\t"
                                                                            + item.contentHash()
                                                                            + "\n")
                                                                    .getBytes(
                                                                            StandardCharsets
                                                                                    .UTF_8))));
            assertThat(HexFormat.of().formatHex(lines.digest()))
                    .as("at %s", instant)
                    .isEqualTo(instant.sha256());
        }
    }

    @Test
    void the_timeline_of_every_ci_has_exactly_its_events() throws IOException {
        Map<String, List<String>> events = new HistoryFile(folder).eventsByCi();
        assertThat(events).hasSizeGreaterThan(9_000);
        events.forEach(
                (ci, ofCi) -> {
                    List<StoredEvent> stream = log.stream(StreamId.ci(ci).toString(), 0);
                    assertThat(
                                    new EntityTimeline(ci, StreamFacts.of(stream))
                                                    .entries(
                                                            Order.RECORDED,
                                                            Long.MAX_VALUE,
                                                            Long.MAX_VALUE)
                                                    .stream()
                                                    .map(entry -> HistoryFile.text(entry.fact())))
                            .as(ci)
                            .isEqualTo(ofCi);
                });
    }

    @Test
    void the_diff_between_neighbouring_instants_is_the_difference_of_the_expected_states() {
        EstateDiff diff = new EstateDiff(register.index(), register.bodies(), log);
        Map<String, JsonNode> before = Map.of();
        for (KnownInstant instant : expected.instants()) {
            Map<String, JsonNode> after = expected.at(instant.number());
            if (instant.number() > 0) {
                KnownInstant previous = expected.instants().get(instant.number() - 1);
                assertThat(
                                diff.differences(
                                                Scope.of("asset", "ci"),
                                                index(at(previous.asOf())),
                                                index(at(instant.asOf())))
                                        .map(SharedHistoryTest::text))
                        .as("from instant %s to the next", previous)
                        .isEqualTo(differences(before, after));
            }
            before = after;
        }
    }

    @Test
    void before_the_import_nothing_was_known() {
        for (KnownInstant instant : expected.instants()) {
            assertThat(
                            bodies(
                                    register,
                                    new Coordinates(at(instant.asOf()).asOf(), 0, -1, true, false)))
                    .isEmpty();
        }
    }

    @Test
    void what_is_rebuilt_from_the_log_answers_the_same_byte_for_byte() throws Exception {
        String answers = digestOfAllAnswers(register);
        register.close();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.startsWith("versions.sqlite") || name.equals("index.image")) {
                    Files.delete(file);
                }
            }
        }
        register = project();
        assertThat(digestOfAllAnswers(register)).isEqualTo(answers);
        register.close();
        register = project();
        assertThat(digestOfAllAnswers(register)).isEqualTo(answers);
    }

    private static ProjectedRegister project() {
        return new ProjectedRegister(log, directory, ProjectionLimits.DEFAULT).upToDate();
    }

    private static String digestOfAllAnswers(ProjectedRegister answering)
            throws NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (KnownInstant instant : expected.instants()) {
            bodies(answering, at(instant.asOf())).forEach(digest::update);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static Stream<byte[]> bodies(ProjectedRegister answering, Coordinates at) {
        Iterator<List<byte[]>> chunks =
                answering.lists().all(Selection.all(RegisterKind.CI), SortOrder.byId(), at);
        Iterable<List<byte[]>> all = () -> chunks;
        return StreamSupport.stream(all.spliterator(), false).flatMap(List::stream);
    }

    private static Snapshot snapshot(KnownInstant instant) {
        LogHead head = log.head();
        return new Snapshot(
                "instant-" + instant.number(),
                new SnapshotTaken(
                        "Instant " + instant.number(),
                        null,
                        SnapshotScope.ALL,
                        new SnapshotCoordinates(
                                Instant.parse(instant.asOf()),
                                Microseconds.toInstant(head.recordedAt()),
                                head.size() - 1,
                                head.size(),
                                HexFormat.of().formatHex(head.root()))),
                log.stream(StreamId.ci(expected.at(1).keySet().iterator().next()).toString(), 0)
                        .getFirst(),
                null);
    }

    private static Coordinates at(String asOf) {
        return new Coordinates(
                Microseconds.of(Instant.parse(asOf)),
                log.head().recordedAt(),
                log.head().size() - 1,
                false,
                false);
    }

    private static dev.cadastre.query.temporal.Coordinates index(Coordinates at) {
        return new dev.cadastre.query.temporal.Coordinates(
                at.asOf(), Math.toIntExact(at.position()));
    }

    private static List<String> differences(
            Map<String, JsonNode> before, Map<String, JsonNode> after) {
        Set<String> ids = new TreeSet<>(before.keySet());
        ids.addAll(after.keySet());
        List<String> differences = new ArrayList<>();
        for (String id : ids) {
            BodyDifference content =
                    BodyDifference.between(body(before.get(id)), body(after.get(id)));
            if (!content.isEmpty()) {
                differences.add(
                        id
                                + " "
                                + (before.containsKey(id)
                                        ? after.containsKey(id) ? "CHANGED" : "REMOVED"
                                        : "ADDED")
                                + " "
                                + content);
            }
        }
        return differences;
    }

    private static String text(EntityDifference difference) {
        return difference.id() + " " + difference.change() + " " + difference.content();
    }

    private static @Nullable JsonNode body(@Nullable JsonNode state) {
        if (state == null) {
            return null;
        }
        ObjectNode body = MAPPER.createObjectNode();
        body.set("id", state.get("ci"));
        body.set("class", state.get("class"));
        body.set("attributes", state.get("attrs"));
        body.set("relations", state.get("rels"));
        return body;
    }
}
