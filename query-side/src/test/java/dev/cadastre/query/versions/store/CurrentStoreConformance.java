package dev.cadastre.query.versions.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadastre.events.StreamId;
import dev.cadastre.events.ci.CiEvent.CiRegistered;
import dev.cadastre.query.histories.ProjectedRegister;
import dev.cadastre.query.histories.Recorded;
import dev.cadastre.query.register.current.Turns;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What every store of the current register does, as a program sees it that reads the tables or
 * collections. An adapter's test extends this and says how to open one and how such a program reads
 * it.
 */
public abstract class CurrentStoreConformance {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private static final String LAPTOP =
            """
            {"id":"lap","assetTag":"A-1","type":"laptop","name":"Of reception","state":"In use",
             "substate":"Loaned","manufacturer":"Acme","model":"L1","serialNumber":"S-1",
             "purchase":{"date":"2026-01-31","orderNumber":"PO-1","supplier":"Shop",
                         "cost":{"amount":"1234.50","currency":"EUR"}},
             "warrantyUntil":"2029-01-31","location":"Hall","custodian":"person-7",
             "costCentre":"CC-1","ci":"web","attributes":{"$ram.gb":16,"50%":[1,true,"x"]},
             "version":3,"validFrom":"2026-05-04T12:00:00.123Z",
             "recordedFrom":"2026-05-04T12:00:01Z","position":7}
            """;

    private static final String WEB =
            """
            {"id":"web","class":"server","name":"Web",
             "lifecycle":{"stage":"Operational","status":"In use"},"asset":"lap",
             "attributes":{"a.b":["c","d"],"e":-9007199254740991},
             "relations":[{"type":"dependsOn","to":"db"},{"type":"runsOn","to":"host"}],
             "version":0,"validFrom":"2026-05-04T12:00:00Z",
             "recordedFrom":"2026-05-04T12:00:01Z","position":8}
            """;

    @TempDir Path directory;

    private CurrentStore store;

    /** Opens the store that lies in the directory, or makes it. */
    protected abstract CurrentStore open(Path directory);

    /** What is there now, by id, put as the API does. */
    protected abstract SortedMap<String, JsonNode> contents(Path directory, CurrentTable table);

    @BeforeEach
    protected void openStore() {
        store = open(directory);
    }

    @AfterEach
    protected void closeStore() {
        store.close();
    }

    @Test
    void a_new_store_is_at_the_beginning_until_something_is_written() {
        assertThat(store.token()).isEqualTo(CurrentToken.NOTHING);
        assertThat(names()).isEmpty();
        write(token(0, 1), ci("web", "Web"));
        assertThat(store.token()).isEqualTo(token(0, 1));
        assertThat(names()).containsExactly("web=Web");
    }

    @Test
    void whoever_opens_it_alone_writes() {
        assertThat(store.isClaimed()).isTrue();
        assertThat(store.isClaimedByAnother()).isFalse();
        write(token(0, 1), ci("web", "Web"));
        assertThat(store.isClaimed()).isTrue();
        assertThat(names()).containsExactly("web=Web");
    }

    @Test
    void programs_read_what_the_api_answers() {
        write(token(8, 1), row(CurrentTable.ASSETS, "lap", LAPTOP), row("web", WEB));
        assertThat(contents(directory, CurrentTable.ASSETS))
                .isEqualTo(Map.of("lap", MAPPER.readTree(LAPTOP)));
        assertThat(contents(directory, CurrentTable.CIS))
                .isEqualTo(Map.of("web", MAPPER.readTree(WEB)));
    }

    @Test
    void everything_is_there_after_the_store_was_closed_and_opened() {
        write(token(0, 1), ci("web", "Web"));
        store.close();
        store = open(directory);
        assertThat(store.token()).isEqualTo(token(0, 1));
        assertThat(names()).containsExactly("web=Web");
    }

    @Test
    void a_row_is_replaced_by_one_of_a_later_position_as_a_whole() {
        write(token(8, 1), row("web", WEB));
        write(token(9, 1), ci("web", "Renamed"));
        assertThat(contents(directory, CurrentTable.CIS).get("web"))
                .isEqualTo(MAPPER.readTree(json("web", "Renamed")));
    }

    @Test
    void a_row_is_replaced_by_one_of_a_later_instant_at_the_same_position() {
        write(token(8, 1), ci("web", "Before"));
        write(token(8, 2), ci("web", "Come true"));
        assertThat(store.token()).isEqualTo(token(8, 2));
        assertThat(names()).containsExactly("web=Come true");
    }

    @Test
    void neither_row_nor_token_goes_back() {
        write(token(8, 2), ci("web", "Latest"));
        write(token(7, 9), ci("web", "Of an earlier position"));
        write(token(8, 1), ci("web", "Of an earlier instant"));
        assertThat(store.token()).isEqualTo(token(8, 2));
        assertThat(names()).containsExactly("web=Latest");
    }

    @Test
    void what_is_absent_is_not_there() {
        write(token(8, 1), row("web", WEB), ci("db", "Database"), ci("host", "Host"));
        write(token(9, 1), absent("web"), new CurrentRow(CurrentTable.CIS, "host", null));
        assertThat(names()).containsExactly("db=Database");
    }

    @Test
    void a_late_write_does_not_bring_back_what_was_removed() {
        write(token(7, 1), ci("web", "Web"), ci("db", "Database"));
        write(token(9, 1), absent("web"));
        write(token(8, 1), ci("web", "Written late"));
        assertThat(store.token()).isEqualTo(token(9, 1));
        assertThat(names()).containsExactly("db=Database");
    }

    @Test
    void what_was_removed_comes_back_when_it_is_registered_again() {
        write(token(7, 1), ci("web", "Web"));
        write(token(8, 1), absent("web"));
        write(token(9, 1), ci("web", "Again"));
        assertThat(names()).containsExactly("web=Again");
    }

    @Test
    void rows_come_in_portions() {
        List<List<CurrentRow>> portions = new ArrayList<>();
        for (int portion = 0; portion < 3; portion++) {
            List<CurrentRow> rows = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                rows.add(ci("ci-" + portion + "-" + i, "One of many"));
            }
            portions.add(rows);
        }
        store.write(portions.iterator(), token(2_000, 1));
        assertThat(names()).hasSize(1_200).contains("ci-0-0=One of many", "ci-2-399=One of many");
    }

    @Test
    void the_token_moves_with_the_last_row_and_what_was_broken_off_is_done_again() {
        write(token(7, 1), ci("web", "Web"), ci("db", "Database"));
        List<List<CurrentRow>> portions =
                List.of(List.of(ci("web", "Renamed")), List.of(absent("db")));

        assertThatThrownBy(() -> store.write(brokenOffAfter(portions), token(8, 1)))
                .isInstanceOf(Killed.class);
        store.close();
        store = open(directory);

        assertThat(store.token()).isEqualTo(token(7, 1));
        store.write(portions.iterator(), token(8, 1));
        assertThat(store.token()).isEqualTo(token(8, 1));
        assertThat(names()).containsExactly("web=Renamed");
    }

    @Test
    void whoever_takes_over_from_one_that_was_broken_off_may_be_further() {
        write(token(7, 1), ci("web", "Web"), ci("db", "Database"));
        assertThatThrownBy(
                        () ->
                                store.write(
                                        brokenOffAfter(List.of(List.of(ci("web", "Renamed")))),
                                        token(8, 1)))
                .isInstanceOf(Killed.class);
        store.close();
        store = open(directory);
        write(token(9, 1), absent("web"));
        assertThat(store.token()).isEqualTo(token(9, 1));
        assertThat(names()).containsExactly("db=Database");
    }

    @Test
    void a_cleared_store_takes_what_a_shorter_log_says() {
        write(token(8, 1), row(CurrentTable.ASSETS, "lap", LAPTOP), row("web", WEB));
        store.clear();
        assertThat(store.token()).isEqualTo(CurrentToken.NOTHING);
        assertThat(names()).isEmpty();
        assertThat(contents(directory, CurrentTable.ASSETS)).isEmpty();
        write(token(2, 1), ci("web", "Of another history"));
        assertThat(store.token()).isEqualTo(token(2, 1));
        assertThat(names()).containsExactly("web=Of another history");
    }

    @Test
    void what_another_history_has_left_is_rebuilt() throws IOException {
        bringUpToDate("one", List.of("web", "db"));
        assertThat(names()).containsExactly("db=of one", "web=of one");

        CurrentToken left = bringUpToDate("other", List.of("web", "mail"));

        assertThat(names()).containsExactly("mail=of other", "web=of other");
        assertThat(left.position()).isEqualTo(store.token().position());
        assertThat(left.root()).isNotEqualTo(store.token().root());
    }

    /** Follows a log of its own with CIs of these ids; returns what it found. */
    private CurrentToken bringUpToDate(String history, List<String> ids) throws IOException {
        CurrentToken found = store.token();
        Path data = Files.createDirectory(directory.resolve(history));
        try (Recorded recorded = Recorded.in(data, Clock.systemUTC());
                ProjectedRegister register =
                        new ProjectedRegister(recorded.log(), data, ProjectedRegister.SMALL)) {
            for (String id : ids) {
                recorded.now(
                        StreamId.ci(id),
                        new CiRegistered(
                                "server", "of " + history, null, null, Map.of(), List.of()));
            }
            register.upToDate();
            // The first one may find out that it has to begin anew.
            Turns.take(recorded.log(), register, store, Clock.systemUTC());
            Turns.take(recorded.log(), register, store, Clock.systemUTC());
            assertThat(store.token().root()).isEqualTo(recorded.log().head().root());
        }
        return found;
    }

    private void write(CurrentToken token, CurrentRow... rows) {
        store.write(List.of(List.of(rows)).iterator(), token);
    }

    /** Rows of a process that is killed before it can say that they were the last. */
    private static Iterator<List<CurrentRow>> brokenOffAfter(List<List<CurrentRow>> portions) {
        Iterator<List<CurrentRow>> rows = portions.iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                if (!rows.hasNext()) {
                    throw new Killed();
                }
                return true;
            }

            @Override
            public List<CurrentRow> next() {
                return rows.next();
            }
        };
    }

    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** The CIs as {@code id=name}. */
    private List<String> names() {
        return contents(directory, CurrentTable.CIS).values().stream()
                .map(ci -> ci.get("id").asString() + "=" + ci.path("name").asString(""))
                .toList();
    }

    private static CurrentRow ci(String id, String name) {
        return row(id, json(id, name));
    }

    private static String json(String id, String name) {
        return """
        {"id":"%s","class":"server","name":"%s","attributes":{},"relations":[],"version":0,
         "validFrom":"2026-05-04T12:00:00Z","recordedFrom":"2026-05-04T12:00:00Z","position":0}
        """
                .formatted(id, name);
    }

    private static CurrentRow absent(String id) {
        return row(
                id,
                """
                {"id":"%s","present":false,"version":1,"validFrom":"2026-05-04T12:00:00Z",
                 "recordedFrom":"2026-05-04T12:00:00Z","position":0}
                """
                        .formatted(id));
    }

    private static CurrentRow row(String ci, String json) {
        return row(CurrentTable.CIS, ci, json);
    }

    private static CurrentRow row(CurrentTable table, String id, String json) {
        return new CurrentRow(table, id, json.getBytes(StandardCharsets.UTF_8));
    }

    private static CurrentToken token(long position, long asOf) {
        byte[] root = new byte[32];
        Arrays.fill(root, (byte) position);
        return new CurrentToken(position, root, asOf);
    }
}
