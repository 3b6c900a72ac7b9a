package dev.cadastre.query.register.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.events.StreamId;
import dev.cadastre.query.histories.NaiveRegister;
import dev.cadastre.query.histories.ProjectedRegister;
import dev.cadastre.query.histories.RandomHistories;
import dev.cadastre.query.histories.Recorded;
import dev.cadastre.query.histories.Recorded.Entry;
import dev.cadastre.query.register.kinds.RegisterKind;
import dev.cadastre.query.register.model.Found.Absent;
import dev.cadastre.query.register.model.Found.Present;
import dev.cadastre.query.shared.list.SortKey;
import dev.cadastre.query.shared.time.Coordinates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class RegisterProperties {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    @Property(tries = 100)
    void the_register_at_any_coordinates_is_the_fold_of_the_events(
            @ForAll("histories") List<List<Entry>> history,
            @ForAll("instants") List<Long> instants) {
        overRegister(
                history,
                (register, naive) -> {
                    long size = register.view().lastPositionOfLog() + 1;
                    for (long asOf : instants) {
                        for (long position = -1; position < size; position++) {
                            Coordinates at = new Coordinates(asOf, 0, position, false, false);
                            for (RegisterKind kind : RegisterKind.values()) {
                                assertEqual(register, naive, kind, at);
                            }
                        }
                    }
                });
    }

    @Property(tries = 40)
    void filters_sort_search_and_offset_are_those_of_the_naive_list(
            @ForAll("histories") List<List<Entry>> history,
            @ForAll("instants") List<Long> instants,
            @ForAll("sorts") List<SortKey> sort) {
        overRegister(
                history,
                (register, naive) -> {
                    long last = register.view().lastPositionOfLog();
                    for (long asOf : instants) {
                        Coordinates at = new Coordinates(asOf, 0, last, false, false);
                        assertSelection(
                                register,
                                naive,
                                new Selection(
                                        RegisterKind.CI, Map.of("class", Set.of("server")), null),
                                sort,
                                at);
                        assertSelection(
                                register,
                                naive,
                                new Selection(RegisterKind.CI, Map.of(), "WEB"),
                                sort,
                                at);
                    }
                });
    }

    private static void assertEqual(
            ProjectedRegister register, NaiveRegister naive, RegisterKind kind, Coordinates at) {
        SortedMap<String, JsonNode> expected = naive.states(kind.word(), at.asOf(), at.position());
        RegisterLists.Part part =
                register.lists().part(Selection.all(kind), SortOrder.byId(), at, 0, 100);
        assertThat(part.total()).isEqualTo(expected.size());
        SortedMap<String, JsonNode> listed = new TreeMap<>();
        part.bodies().forEach(body -> put(listed, body));
        assertThat(listed).isEqualTo(expected);
        SortedMap<String, JsonNode> streamed = new TreeMap<>();
        for (Iterator<List<byte[]>> all =
                        register.lists().all(Selection.all(kind), SortOrder.byId(), at);
                all.hasNext(); ) {
            all.next().forEach(body -> put(streamed, body));
        }
        assertThat(streamed).isEqualTo(expected);
        for (String id : naive.ids(kind.word())) {
            switch (register.queries().one(kind, id, at)) {
                case Present(Entity entity) -> {
                    assertThat(content(entity.body())).isEqualTo(expected.get(id));
                    assertThat(entity.sequenceNumber())
                            .isEqualTo(
                                    naive.lastSequenceNumber(
                                            new StreamId(kind.word(), id), at.position()));
                    assertThat(
                                    register.queries()
                                            .version(kind, id, entity.version(), at)
                                            .orElseThrow()
                                            .body())
                            .isEqualTo(entity.body());
                }
                case Absent(Existence existence) -> {
                    assertThat(expected).doesNotContainKey(id);
                    assertThat(existence.intervals())
                            .noneMatch(i -> i.from() <= at.asOf() && at.asOf() < i.to());
                }
            }
        }
    }

    private static void assertSelection(
            ProjectedRegister register,
            NaiveRegister naive,
            Selection selection,
            List<SortKey> sort,
            Coordinates at) {
        List<JsonNode> expected =
                naive.states(selection.kind().word(), at.asOf(), at.position()).values().stream()
                        .filter(body -> matches(selection, body))
                        .sorted(order(sort))
                        .toList();
        for (int offset = 0; offset <= expected.size() + 1; offset++) {
            RegisterLists.Part part =
                    register.lists().part(selection, new SortOrder(sort), at, offset, 2);
            assertThat(part.total()).isEqualTo(expected.size());
            assertThat(part.bodies().stream().map(RegisterProperties::content).toList())
                    .isEqualTo(
                            expected.subList(
                                    Math.min(offset, expected.size()),
                                    Math.min(offset + 2, expected.size())));
        }
    }

    private static boolean matches(Selection selection, JsonNode body) {
        boolean facets =
                selection.facets().entrySet().stream()
                        .allMatch(
                                facet ->
                                        facet.getValue()
                                                .contains(body.path(facet.getKey()).asString()));
        return facets && (selection.text() == null || holds(body, selection.text()));
    }

    private static boolean holds(JsonNode node, String text) {
        if (node.isString()) {
            return node.asString().toLowerCase(Locale.ROOT).contains(text);
        }
        if (!node.isObject()) {
            for (JsonNode item : node) {
                if (holds(item, text)) {
                    return true;
                }
            }
            return false;
        }
        return node.properties().stream()
                .filter(member -> !member.getKey().equals("relations"))
                .anyMatch(member -> holds(member.getValue(), text));
    }

    private static Comparator<JsonNode> order(List<SortKey> sort) {
        Comparator<JsonNode> order = (one, other) -> 0;
        boolean descending = false;
        for (SortKey key : sort) {
            descending = key.descending();
            Comparator<JsonNode> next = byText(key.field());
            order = order.thenComparing(descending ? next.reversed() : next);
        }
        Comparator<JsonNode> byId = byText("id");
        return order.thenComparing(descending ? byId.reversed() : byId);
    }

    private static Comparator<JsonNode> byText(String field) {
        return Comparator.comparing(
                body -> {
                    JsonNode within = field.equals("environment") ? body.path("attributes") : body;
                    JsonNode value = within.path(field);
                    return value.isString() ? value.asString() : null;
                },
                Comparator.nullsLast(Comparator.naturalOrder()));
    }

    private static void put(Map<String, JsonNode> into, byte[] body) {
        ObjectNode content = content(body);
        into.put(content.get("id").asString(), content);
    }

    private static ObjectNode content(byte[] body) {
        ObjectNode content = (ObjectNode) MAPPER.readTree(body);
        for (String provenance : List.of("version", "validFrom", "recordedFrom", "position")) {
            assertThat(content.remove(provenance)).isNotNull();
        }
        return content;
    }

    private static void overRegister(
            List<List<Entry>> history, BiConsumer<ProjectedRegister, NaiveRegister> check) {
        Path directory = newDirectory();
        try (Recorded recorded = Recorded.in(directory, Clock.systemUTC());
                ProjectedRegister register =
                        new ProjectedRegister(recorded.log(), directory, ProjectedRegister.SMALL)) {
            List<CompletableFuture<?>> appended = new ArrayList<>();
            history.forEach(
                    changeSet -> appended.add(recorded.log().append(recorded.proposed(changeSet))));
            appended.forEach(CompletableFuture::join);
            register.upToDate();
            check.accept(register, NaiveRegister.of(recorded.log()));
        } finally {
            delete(directory);
        }
    }

    private static Path newDirectory() {
        try {
            return Files.createTempDirectory("register");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Provide
    Arbitrary<List<List<Entry>>> histories() {
        return RandomHistories.changeSets(12);
    }

    @Provide
    Arbitrary<List<Long>> instants() {
        return RandomHistories.instants().list().ofSize(4);
    }

    @Provide
    Arbitrary<List<SortKey>> sorts() {
        return Arbitraries.of(
                List.of(),
                List.of(new SortKey("id", true)),
                List.of(new SortKey("class", false)),
                List.of(new SortKey("environment", true)),
                List.of(new SortKey("name", false)),
                List.of(new SortKey("asset", true), new SortKey("name", false)));
    }
}
