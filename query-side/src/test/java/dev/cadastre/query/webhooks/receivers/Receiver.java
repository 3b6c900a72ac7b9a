package dev.cadastre.query.webhooks.receivers;

import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An HTTP server on a free port that takes messages, or does not, as it is told. */
public final class Receiver implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(5);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** One attempt, as it came over the socket. */
    public record Attempt(Headers headers, String target, byte[] body, int answered) {

        public String header(String name) {
            return headers.getFirst(name);
        }

        public JsonNode event() {
            return JSON.readTree(body);
        }

        public long position() {
            return event().get("position").longValue();
        }

        private boolean taken() {
            return answered / 100 == 2;
        }
    }

    /** What an attempt is answered with. */
    public record Answer(int status, Map<String, String> headers) {

        public static final Answer TAKEN = status(204);

        public static Answer status(int status) {
            return new Answer(status, Map.of());
        }

        public Answer with(String name, String value) {
            return new Answer(status, Map.of(name, value));
        }
    }

    private final HttpServer server;
    private final List<Attempt> attempts = new CopyOnWriteArrayList<>();
    private volatile Function<String, Answer> answers = _ -> Answer.TAKEN;

    private Receiver(HttpServer server) {
        this.server = server;
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    /** Starts one on 127.0.0.1 that takes everything. */
    public static Receiver start() throws IOException {
        return startAt("127.0.0.1");
    }

    public static Receiver startAt(String address) throws IOException {
        return startAt(address, 0);
    }

    public static Receiver startAt(String address, int port) throws IOException {
        return new Receiver(
                HttpServer.create(new InetSocketAddress(InetAddress.getByName(address), port), 0));
    }

    /** Starts one that speaks TLS. */
    public static Receiver startSecure(SSLContext identity) throws IOException {
        HttpsServer server =
                HttpsServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(identity));
        return new Receiver(server);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Headers headers = exchange.getRequestHeaders();
            Answer answer = answers.apply(headers.getFirst("webhook-id"));
            attempts.add(
                    new Attempt(
                            headers, exchange.getRequestURI().toString(), body, answer.status()));
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(answer.status(), -1);
        }
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** Its address by number. */
    public String url() {
        return "http://" + server.getAddress().getAddress().getHostAddress() + ":" + port() + "/in";
    }

    /** The same, by another name or number. */
    public String url(String scheme, String host) {
        return scheme + "://" + host + ":" + port() + "/in";
    }

    /** Answers everything like this from now on. */
    public Receiver answering(Answer answer) {
        answers = _ -> answer;
        return this;
    }

    /** Answers by the id of the message from now on. */
    public Receiver answering(Function<String, Answer> byId) {
        answers = byId;
        return this;
    }

    public List<Attempt> attempts() {
        return List.copyOf(attempts);
    }

    public List<Attempt> taken() {
        return attempts.stream().filter(Attempt::taken).toList();
    }

    /** The positions of what was taken, in the order in which it came. */
    public List<Long> positions() {
        return taken().stream().map(Attempt::position).toList();
    }

    /** Waits for so many attempts in all, and returns them. */
    public List<Attempt> awaitAttempts(int count) {
        await().pollInterval(POLL).until(() -> attempts.size() >= count);
        return attempts();
    }

    /** Waits until so many were taken in all, and returns them. */
    public List<Attempt> awaitTaken(int count) {
        await().pollInterval(POLL).until(() -> taken().size() >= count);
        return taken();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
