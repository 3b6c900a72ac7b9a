package dev.cadastre.query.register.current;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.events.StreamId;
import dev.cadastre.events.asset.AssetEvent.AssetRegistered;
import dev.cadastre.events.ci.CiEvent.CiChanged;
import dev.cadastre.events.ci.CiEvent.CiRegistered;
import dev.cadastre.events.ci.CiEvent.CiRemoved;
import dev.cadastre.events.ci.Relation;
import dev.cadastre.query.histories.QueryServer;
import dev.cadastre.query.histories.Recorded;
import dev.cadastre.query.histories.Recorded.Entry;
import dev.cadastre.query.histories.SettableClock;
import dev.cadastre.query.versions.CurrentContents;
import dev.cadastre.query.versions.store.CurrentTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The file that another program opens beside a running server. */
class CurrentRegisterTest {

    private static final Duration WAIT = Duration.ofSeconds(20);
    private static final String NOON = "2026-05-04T12:00:00Z";
    private static final StreamId WEB = StreamId.ci("web");
    private static final StreamId DB = StreamId.ci("db");

    @TempDir Path directory;

    private SettableClock clock;
    private QueryServer server;

    @BeforeEach
    void start() {
        clock = new SettableClock(Recorded.micros(NOON));
        server = QueryServer.start(directory, clock, ZoneOffset.UTC);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void what_was_recorded_is_soon_in_the_tables() {
        record_an_estate();
        awaitTablesAreTheAnswers();
        assertThat(rows("SELECT class, count(*) FROM current_cis GROUP BY class"))
                .containsExactly("server|2");
        assertThat(rows("SELECT source, type, target FROM current_relations"))
                .containsExactly("web|dependsOn|db");
        assertThat(
                        rows(
                                "SELECT type, sum(purchaseAmount), purchaseCurrency,"
                                        + " attributes ->> '$.ram' FROM current_assets"))
                .containsExactly("laptop|1234.5|EUR|16");
    }

    @Test
    void a_removed_ci_leaves_the_tables() {
        record_an_estate();
        server.recorded().now(WEB, new CiRemoved(List.of()));
        awaitTablesAreTheAnswers();
        assertThat(rows("SELECT id FROM current_cis")).containsExactly("db");
        assertThat(rows("SELECT * FROM current_relations")).isEmpty();
    }

    @Test
    void a_scheduled_fact_comes_true_in_the_tables_without_being_recorded_again() {
        record_an_estate();
        server.recorded()
                .at(
                        "2026-05-04T13:00:00Z",
                        DB,
                        new CiChanged(Map.of("tier", "gold"), List.of(), List.of(), List.of()));
        awaitTablesAreTheAnswers();
        assertThat(tiers()).containsExactly("db|null", "web|null");
        clock.set(Recorded.micros("2026-05-04T13:00:00Z"));
        awaitTablesAreTheAnswers();
        assertThat(tiers()).containsExactly("db|gold", "web|null");
    }

    @Test
    void tables_that_do_not_tell_what_has_come_true_are_as_late_as_that_is_old() throws Exception {
        record_an_estate();
        server.recorded()
                .at(
                        "2026-05-04T13:00:00Z",
                        DB,
                        new CiChanged(Map.of("tier", "gold"), List.of(), List.of(), List.of()));
        awaitTablesAreTheAnswers();
        CurrentRegister register = server.bean(CurrentRegister.class);
        assertThat(register.age()).isZero();
        try (Connection program = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement lock = program.createStatement()) {
            lock.execute("BEGIN IMMEDIATE");
            clock.set(Recorded.micros("2026-05-04T13:00:30Z"));
            assertThat(register.age()).isEqualTo(Duration.ofSeconds(30));
            assertThat(register.status().lag()).isZero();
            lock.execute("ROLLBACK");
        }
        awaitTablesAreTheAnswers();
        assertThat(tiers()).containsExactly("db|gold", "web|null");
        Awaitility.await().until(() -> register.age().isZero());
    }

    @Test
    void tables_that_were_deleted_are_made_anew() throws Exception {
        record_an_estate();
        awaitTablesAreTheAnswers();
        server.close();
        for (String suffix : List.of("", "-wal", "-shm")) {
            Files.deleteIfExists(file().resolveSibling("current.sqlite" + suffix));
        }
        start();
        awaitTablesAreTheAnswers();
    }

    private void record_an_estate() {
        server.recorded()
                .changeSet(
                        Entry.of(
                                DB,
                                new CiRegistered("server", "DB", null, null, Map.of(), List.of())),
                        Entry.of(
                                WEB,
                                new CiRegistered(
                                        "server",
                                        "Web",
                                        null,
                                        null,
                                        Map.of("a.b", List.of(1L, true)),
                                        List.of(new Relation("dependsOn", "db")))),
                        Entry.of(
                                StreamId.asset("lap"),
                                new AssetRegistered(
                                        "In use",
                                        null,
                                        Map.of(
                                                "type",
                                                "laptop",
                                                "custodian",
                                                "person-7",
                                                "purchase",
                                                Map.of(
                                                        "date",
                                                        "2026-01-31",
                                                        "cost",
                                                        Map.of(
                                                                "amount",
                                                                "1234.50",
                                                                "currency",
                                                                "EUR"))),
                                        Map.of("ram", 16L))));
    }

    private List<String> tiers() {
        return rows("SELECT id, attributes ->> '$.tier' FROM current_cis ORDER BY id");
    }

    /** Waits until the tables say what the API answers now. */
    private void awaitTablesAreTheAnswers() {
        long end = System.nanoTime() + WAIT.toNanos();
        while (System.nanoTime() < end && !tables().equals(answers())) {
            Thread.onSpinWait();
        }
        assertThat(tables()).isEqualTo(answers());
    }

    private List<SortedMap<String, JsonNode>> tables() {
        return List.of(
                CurrentContents.of(file(), CurrentTable.CIS),
                CurrentContents.of(file(), CurrentTable.ASSETS));
    }

    private List<SortedMap<String, JsonNode>> answers() {
        return List.of(answers("cis"), answers("assets"));
    }

    private SortedMap<String, JsonNode> answers(String kind) {
        SortedMap<String, JsonNode> answers = new TreeMap<>();
        server.json("/api/v1/" + kind)
                .get("items")
                .forEach(item -> answers.put(item.get("id").asString(), item));
        return answers;
    }

    private Path file() {
        return directory.resolve("data").resolve("current.sqlite");
    }

    private List<String> rows(String query) {
        try (Connection connection =
                        DriverManager.getConnection("jdbc:sqlite:file:" + file() + "?mode=ro");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            List<String> rows = new ArrayList<>();
            while (row.next()) {
                List<String> columns = new ArrayList<>();
                for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                    columns.add(String.valueOf(row.getString(i)));
                }
                rows.add(String.join("|", columns));
            }
            return rows;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
