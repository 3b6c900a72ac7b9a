package dev.cadastre.query.versions.mongodb;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.eventstore.mongodb.TestServer.TestDatabase;
import dev.cadastre.query.histories.ProjectedRegister;
import dev.cadastre.query.register.current.CurrentRegister;
import dev.cadastre.query.register.kinds.RegisterKind;
import dev.cadastre.query.register.model.Selection;
import dev.cadastre.query.register.model.SortOrder;
import dev.cadastre.query.register.projection.ProjectionLimits;
import dev.cadastre.query.shared.mongodb.SharedDatabase;
import dev.cadastre.query.shared.time.Coordinates;
import dev.cadastre.query.versions.CurrentContents;
import dev.cadastre.query.versions.store.CurrentTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.JsonNode;

/** A query-side process without its HTTP. */
final class SharingProcess implements AutoCloseable {
    private static final Duration WAIT = Duration.ofSeconds(20);

    final AtomicInteger writes = new AtomicInteger();
    private final EventLog log;
    private final TestDatabase database;
    private final MongoClient client;
    final MongoStores stores;
    final ProjectedRegister register;
    private final CurrentRegister current;

    /**
     * @param directory for what it keeps itself
     */
    SharingProcess(Path directory, EventLog log, TestDatabase database, MongoTiming timing)
            throws IOException {
        this.log = log;
        this.database = database;
        this.client =
                MongoClients.create(
                        MongoClientSettings.builder()
                                .applyConnectionString(new ConnectionString(database.uri()))
                                .addCommandListener(countWrites())
                                .build());
        this.stores =
                MongoStores.in(SharedDatabase.of(client.getDatabase(database.name())), timing);
        writes.set(0);
        this.register =
                new ProjectedRegister(
                        log,
                        Files.createDirectories(directory),
                        new ProjectionLimits(3, 2_000, 7),
                        stores.versions());
        this.current =
                CurrentRegister.start(
                        log,
                        register.projection(),
                        register.bodies(),
                        stores.current(),
                        Clock.systemUTC());
    }

    /** Bodies are inserted, rows of the current register replaced. */
    private CommandListener countWrites() {
        return new CommandListener() {
            @Override
            public void commandStarted(CommandStartedEvent event) {
                boolean isData =
                        event.getCommandName().equals("insert")
                                || event.getCommandName().equals("update")
                                        && event.getCommand()
                                                .getString("update")
                                                .getValue()
                                                .startsWith("current_");
                if (isData) {
                    writes.incrementAndGet();
                }
            }
        };
    }

    void awaitBodies() throws InterruptedException {
        register.upToDate();
        register.projection().awaitBodies();
    }

    void awaitEverythingWritten() throws InterruptedException {
        awaitBodies();
        long last = log.head().size() - 1;
        await(() -> current.reached() != null && current.reached().position() >= last);
    }

    private void await(BooleanSupplier condition) {
        long end = System.nanoTime() + WAIT.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
            Thread.onSpinWait();
        }
    }

    /** What lists answer now. */
    List<String> now() {
        List<String> answers = new ArrayList<>();
        bodiesNow().forEach(body -> answers.add(new String(body, StandardCharsets.UTF_8)));
        return answers;
    }

    private List<byte[]> bodiesNow() {
        long position = register.view().horizon().position();
        Coordinates at =
                new Coordinates(
                        Math.max(
                                Clock.systemUTC().millis() * 1_000,
                                register.view().horizon().recordedAt()),
                        0,
                        position,
                        false,
                        false);
        List<byte[]> all = new ArrayList<>();
        for (RegisterKind kind : RegisterKind.values()) {
            all.addAll(
                    register.lists()
                            .part(Selection.all(kind), SortOrder.byId(), at, 0, 1_000)
                            .bodies());
        }
        return all;
    }

    SortedMap<String, JsonNode> nowInCollections() {
        SortedMap<String, JsonNode> answers = new TreeMap<>();
        for (byte[] body : bodiesNow()) {
            JsonNode json = CurrentContents.asInCollections(body);
            answers.put(json.get("id").asString(), json);
        }
        return answers;
    }

    SortedMap<String, JsonNode> collections() {
        SortedMap<String, JsonNode> contents = new TreeMap<>();
        for (CurrentTable table : CurrentTable.values()) {
            contents.putAll(CurrentContents.of(client.getDatabase(database.name()), table));
        }
        return contents;
    }

    @Override
    public void close() {
        current.close();
        stores.current().close();
        register.close();
        client.close();
    }
}
