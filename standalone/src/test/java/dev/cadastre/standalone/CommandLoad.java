package dev.cadastre.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.http.json.HttpJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Callers who send one command after the other, remember what was acknowledged, and go on with the
 * next server when theirs dies. Change sets register three assets each.
 */
final class CommandLoad {

    private static final int CALLERS = 4;

    private final AtomicInteger number = new AtomicInteger();
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Set<String> sets = ConcurrentHashMap.newKeySet();

    /** Sends commands until the server answers no more. */
    List<Thread> against(ServerProcess server) {
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            callers.add(Thread.ofVirtual().start(() -> sendUntilItDies(server)));
        }
        return callers;
    }

    private void sendUntilItDies(ServerProcess server) {
        try {
            while (true) {
                if (ThreadLocalRandom.current().nextBoolean()) {
                    sendOne(server);
                } else {
                    sendSet(server);
                }
            }
        } catch (IOException killed) {
            // The server is gone, which is what this waits for.
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void sendOne(ServerProcess server) throws Exception {
        String id = "one-" + number.incrementAndGet();
        if (server.send("POST", "/api/v1/assets", asset(id)).statusCode() == 201) {
            acknowledged.add(id);
        }
    }

    private void sendSet(ServerProcess server) throws Exception {
        String set = "set-" + number.incrementAndGet();
        sets.add(set);
        List<String> commands = members(set).stream().map(CommandLoad::registration).toList();
        String body = "{\"commands\":[" + String.join(",", commands) + "]}";
        if (server.send("POST", "/api/v1/change-sets", body).statusCode() == 200) {
            acknowledged.addAll(members(set));
        }
    }

    private static String registration(String id) {
        return "{\"method\":\"POST\",\"path\":\"/api/v1/assets\",\"body\":" + asset(id) + "}";
    }

    private static String asset(String id) {
        return "{\"id\":\"" + id + "\",\"type\":\"hardware\"}";
    }

    private static List<String> members(String set) {
        return List.of(set + "-a", set + "-b", set + "-c");
    }

    int acknowledged() {
        return acknowledged.size();
    }

    /** Everything that was acknowledged is there, and each change set as a whole or not at all. */
    void assertKept(ServerProcess server) throws Exception {
        Set<String> there = new HashSet<>();
        var answer =
                server.send(
                        server.request("/api/v1/assets")
                                .header("Accept", "application/x-ndjson")
                                .GET());
        answer.body()
                .lines()
                .forEach(line -> there.add(HttpJson.mapper().readTree(line).get("id").asString()));
        assertThat(there).containsAll(acknowledged);
        for (String set : sets) {
            assertThat(members(set).stream().filter(there::contains).count()).as(set).isIn(0L, 3L);
        }
    }
}
