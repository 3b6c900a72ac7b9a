package dev.cadastre.standalone.guide;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The receiver that {@code docs/guide/webhooks.md} shows, region by region, at {@code /cadastre}.
 * Others take nothing at {@code /away}, everything at {@code /back}, and want nothing at {@code
 * /gone}.
 */
final class WebhookReceiver implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpServer server;
    private final BlockingQueue<JsonNode> kept = new LinkedBlockingQueue<>();
    private volatile String secret;
    private long last = -1;

    WebhookReceiver(String secret) throws IOException {
        this.secret = secret;
        this.server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/cadastre",
                exchange -> {
                    try {
                        handle(exchange);
                    } catch (GeneralSecurityException e) {
                        throw new IOException(e);
                    }
                });
        server.createContext("/away", exchange -> answer(exchange, 503));
        server.createContext("/back", exchange -> answer(exchange, 204));
        server.createContext("/gone", exchange -> answer(exchange, 410));
        server.start();
    }

    private static void answer(HttpExchange exchange, int status) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    /** Host and port. */
    String authority() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    BlockingQueue<JsonNode> kept() {
        return kept;
    }

    void changeOver(String newSecret) {
        secret = newSecret;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    // region verify
    /** Whether the register sent this, and lately. */
    boolean isGenuine(Headers headers, byte[] body) throws GeneralSecurityException {
        String id = headers.getFirst("webhook-id");
        String timestamp = headers.getFirst("webhook-timestamp");
        String signatures = headers.getFirst("webhook-signature");
        if (id == null || timestamp == null || signatures == null) {
            return false;
        }
        Mac mac = Mac.getInstance("HmacSHA256");
        byte[] key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        mac.update((id + "." + timestamp + ".").getBytes(UTF_8));
        String expected = "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
        for (String signature : signatures.split(" ")) {
            if (MessageDigest.isEqual(expected.getBytes(UTF_8), signature.getBytes(UTF_8))) {
                // Signed too, and so a number. What is old may have been caught and sent again.
                long age = Instant.now().getEpochSecond() - Long.parseLong(timestamp);
                return Math.abs(age) <= 300;
            }
        }
        return false;
    }

    // endregion verify

    // region receive
    void handle(HttpExchange exchange) throws IOException, GeneralSecurityException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        boolean genuine = isGenuine(exchange.getRequestHeaders(), body);
        if (genuine) {
            JsonNode event = JSON.readTree(body);
            long position = event.path("position").asLong();
            if (position > last) {
                // Keep both in one transaction; work on the event later.
                kept.add(event);
                last = position;
            }
        }
        exchange.sendResponseHeaders(genuine ? 204 : 401, -1);
        exchange.close();
    }
    // endregion receive
}
