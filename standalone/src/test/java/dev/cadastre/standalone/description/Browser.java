package dev.cadastre.standalone.description;

import dev.cadastre.http.json.HttpJson;
import dev.cadastre.standalone.NeededProgram;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One page in a real Chromium, driven by its DevTools protocol. */
final class Browser implements AutoCloseable {

    private static final int SECONDS = 60;
    private static final String LISTENING = "DevTools listening on ";

    private final Process process;
    private final HttpClient http = HttpClient.newHttpClient();
    private final WebSocket socket;
    private final AtomicInteger number = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final String session;

    private Browser(Process process, URI devTools) {
        this.process = process;
        this.socket = http.newWebSocketBuilder().buildAsync(devTools, new Messages()).join();
        String page =
                call("", "Target.createTarget", "{\"url\":\"about:blank\"}")
                        .at("/targetId")
                        .asString();
        this.session =
                call(
                                "",
                                "Target.attachToTarget",
                                "{\"targetId\":\"" + page + "\",\"flatten\":true}")
                        .at("/sessionId")
                        .asString();
        for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
            call(session, domain + ".enable", "{}");
        }
    }

    /**
     * Starts one, or skips the test where there is none.
     *
     * @param profile an empty directory
     */
    static Browser start(Path profile) throws IOException {
        Process process =
                new ProcessBuilder(
                                NeededProgram.anyOf("chromium", "chromium-browser", "google-chrome")
                                        .toString(),
                                "--headless",
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-background-networking",
                                "--disable-dev-shm-usage",
                                "--no-first-run",
                                "--remote-debugging-port=0",
                                "--user-data-dir=" + profile)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        BufferedReader messages = process.errorReader(StandardCharsets.UTF_8);
        for (String line = messages.readLine(); line != null; line = messages.readLine()) {
            if (line.startsWith(LISTENING)) {
                // Whoever does not read what it goes on to say lets it wait.
                Thread.ofVirtual().start(() -> messages.lines().forEach(_ -> {}));
                return new Browser(process, URI.create(line.substring(LISTENING.length())));
            }
        }
        throw new IllegalStateException("Chromium ended without a word of where it listens");
    }

    void open(URI address) {
        call(session, "Page.navigate", object().put("url", address.toString()).toString());
    }

    /** The value of an expression, which may be a promise. */
    JsonNode value(String expression) {
        ObjectNode parameters = object().put("expression", expression);
        parameters.put("awaitPromise", true).put("returnByValue", true);
        JsonNode answer = call(session, "Runtime.evaluate", parameters.toString());
        if (answer.has("exceptionDetails")) {
            throw new AssertionError(answer.toString());
        }
        return answer.at("/result/value");
    }

    /** Waits until an expression is true. */
    void await(String expression) {
        value(
                """
                new Promise((resolve, reject) => {
                  const end = Date.now() + 30000;
                  const look = () => {
                    if (%s) { resolve(true); }
                    else if (Date.now() > end) { reject(new Error(document.body.innerText)); }
                    else { setTimeout(look, 20); }
                  };
                  look();
                })"""
                        .formatted(expression));
    }

    /** The addresses of everything that was asked for. */
    List<String> requests() {
        return requests;
    }

    /** Whatever the console shows as an error or a warning. */
    List<String> complaints() {
        return complaints;
    }

    private JsonNode call(String session, String method, String parameters) {
        int id = number.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        waiting.put(id, answer);
        ObjectNode message = object().put("id", id).put("method", method);
        message.set("params", HttpJson.mapper().readTree(parameters));
        if (!session.isEmpty()) {
            message.put("sessionId", session);
        }
        socket.sendText(message.toString(), true).join();
        return answer.orTimeout(SECONDS, TimeUnit.SECONDS).join();
    }

    private static ObjectNode object() {
        return HttpJson.mapper().createObjectNode();
    }

    private void take(JsonNode message) {
        CompletableFuture<JsonNode> answer = waiting.remove(message.path("id").asInt(-1));
        if (answer != null) {
            if (message.has("error")) {
                answer.completeExceptionally(new AssertionError(message.get("error").toString()));
            } else {
                answer.complete(message.path("result"));
            }
            return;
        }
        JsonNode event = message.path("params");
        switch (message.path("method").asString("")) {
            case "Network.requestWillBeSent" -> requests.add(event.at("/request/url").asString());
            case "Runtime.exceptionThrown" -> complaints.add(event.toString());
            case "Runtime.consoleAPICalled" -> {
                if (event.path("type").asString().matches("error|warning|assert")) {
                    complaints.add(event.toString());
                }
            }
            case "Log.entryAdded" -> {
                if (event.at("/entry/level").asString().matches("error|warning")) {
                    complaints.add(event.toString());
                }
            }
            default -> {
                // Of no interest here.
            }
        }
    }

    @Override
    public void close() {
        socket.abort();
        http.close();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.onExit().join();
    }

    private final class Messages implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                JsonNode message = HttpJson.mapper().readTree(text.toString());
                text.setLength(0);
                take(message);
            }
            from.request(1);
            return CompletableFuture.completedFuture(null);
        }
    }
}
