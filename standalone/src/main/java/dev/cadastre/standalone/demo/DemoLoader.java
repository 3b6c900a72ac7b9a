package dev.cadastre.standalone.demo;

import dev.cadastre.http.json.HttpJson;
import dev.cadastre.standalone.client.ApiClient;
import dev.cadastre.standalone.client.Console;
import dev.cadastre.standalone.client.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Loads the demo estate through the API of a running server, as anybody would. Every change set has
 * an idempotency key, so that a load that was broken off goes on where it stopped.
 */
public final class DemoLoader {

    private static final long SEED = 20_260_331L;
    private static final String STATE = "demo.json";

    private final ApiClient client;
    private final Path state;

    /**
     * @param dataDirectory of the demo estate; keeps on which day it was first loaded
     */
    public DemoLoader(ApiClient client, Path dataDirectory) {
        this.client = client;
        this.state = dataDirectory.resolve(STATE);
    }

    /** The day on which the estate ends, and whether it is all there. */
    private record State(long seed, LocalDate today, boolean loaded) {}

    /** Loads what is missing; returns queries worth trying. */
    public DemoQueries load(LocalDate today) {
        State known = known(state);
        State current = known == null ? new State(SEED, today, false) : known;
        if (known == null) {
            keep(current);
        }
        if (!current.loaded()) {
            Console.message("Loading a fictional estate: Nordlicht Freight, three years ...");
            load(new DemoEstate(current.seed(), current.today(), people()));
            keep(new State(current.seed(), current.today(), true));
        }
        return queries(current);
    }

    /** The queries of an estate that is all there; empty if something is missing. */
    public static Optional<DemoQueries> loaded(Path dataDirectory) {
        State known = known(dataDirectory.resolve(STATE));
        return known == null || !known.loaded() ? Optional.empty() : Optional.of(queries(known));
    }

    private static DemoQueries queries(State state) {
        return new DemoEstate(state.seed(), state.today(), List.of()).queries();
    }

    private void load(DemoEstate estate) {
        List<DemoChange> changes = estate.changes();
        long commands = changes.stream().mapToLong(change -> change.commands().size()).sum();
        Progress progress = new Progress("facts", commands);
        long done = 0;
        long position = -1;
        for (DemoChange change : changes) {
            position = record(change);
            done += change.commands().size();
            progress.at(done);
        }
        client.awaitPosition(position);
        progress.end(done + " facts in " + changes.size() + " change sets");
    }

    private long record(DemoChange change) {
        List<Map<String, Object>> commands = new ArrayList<>();
        for (DemoCommand command : change.commands()) {
            Map<String, Object> written = new TreeMap<>();
            written.put("method", command.method());
            written.put("path", command.path());
            written.put("body", command.body());
            commands.add(written);
        }
        HttpRequest.Builder request =
                client.request("/api/v1/change-sets")
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", change.id())
                        .header("Change-Id", change.id())
                        .header("Change-Reason", ApiClient.encoded(change.reason()))
                        .POST(
                                BodyPublishers.ofByteArray(
                                        HttpJson.mapper()
                                                .writeValueAsBytes(Map.of("commands", commands))));
        if (change.effectiveAt() != null) {
            request.header("Effective-At", change.effectiveAt().toString());
        }
        return client.json(request.build()).path("position").asLong(-1);
    }

    private List<String> people() {
        List<String> ids = new ArrayList<>();
        List<String> names = DemoCompany.people(DemoEstate.PEOPLE);
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            byte[] body =
                    HttpJson.mapper()
                            .writeValueAsBytes(Map.of("name", name, "email", address(name)));
            HttpRequest request =
                    client.request("/api/v1/people")
                            .header("Content-Type", "application/json")
                            .header("Idempotency-Key", "demo-person-" + i)
                            .POST(BodyPublishers.ofByteArray(body))
                            .build();
            JsonNode answer = client.json(request);
            ids.add(answer.path("id").asString(""));
        }
        return ids;
    }

    private static String address(String name) {
        return name.toLowerCase(Locale.ROOT).replace(' ', '.') + "@nordlicht-freight.example";
    }

    private static @Nullable State known(Path file) {
        try {
            return Files.exists(file)
                    ? HttpJson.mapper().readValue(Files.readAllBytes(file), State.class)
                    : null;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private void keep(State current) {
        try {
            Path draft = state.resolveSibling(STATE + ".draft");
            Files.write(draft, HttpJson.mapper().writeValueAsBytes(current));
            Files.move(
                    draft,
                    state,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + state, e);
        }
    }
}
