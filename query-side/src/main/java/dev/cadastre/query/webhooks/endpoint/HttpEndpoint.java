package dev.cadastre.query.webhooks.endpoint;

import dev.cadastre.http.outbound.OutboundAddresses;
import dev.cadastre.query.webhooks.model.Endpoint;
import dev.cadastre.query.webhooks.model.Endpoint.Outcome.Failed;
import dev.cadastre.query.webhooks.model.Endpoint.Outcome.Gone;
import dev.cadastre.query.webhooks.model.Endpoint.Outcome.Taken;
import dev.cadastre.query.webhooks.model.Endpoint.Outcome.Unknown;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.ssl.SslContext;
import java.net.InetAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Predicate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.http.client.PrematureCloseException;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;
import reactor.util.retry.Retry;

/**
 * Sends messages over HTTP/1.1. Connects to addresses that were checked, over https to public and
 * allowed ones and over http to expressly allowed ones only; follows no redirect, uses no proxy,
 * and reads no more of an answer than its status, its headers and a bounded part of its body. A
 * connection is kept for the next message to the same host, for a while.
 */
public final class HttpEndpoint implements Endpoint {

    private static final Duration KEPT_IDLE = Duration.ofSeconds(20);
    private static final Duration KEPT_AT_ALL = Duration.ofMinutes(5);
    private static final String MEDIA_TYPE = "application/cloudevents+json";
    private static final String USER_AGENT = "cadastre-webhooks";

    /** A receiver may close a kept connection the very moment that a message is sent over it. */
    private static final Retry ONCE_MORE =
            Retry.max(1)
                    .filter(PrematureCloseException.class::isInstance)
                    .onRetryExhaustedThrow((_, failed) -> failed.failure());

    private final EndpointLimits limits;
    private final Clock clock;
    private final LoopResources loops = LoopResources.create("webhooks", 1, true);
    private final ConnectionProvider connections;
    private final HttpClient secure;
    private final HttpClient plain;
    private final Sinks.Empty<Void> closed = Sinks.empty();

    /**
     * @param clock by which an endpoint's date to come back is judged
     * @param trust whose certificates are believed; null: those that the Java machine believes
     */
    public HttpEndpoint(
            OutboundAddresses addresses,
            NameLookup names,
            EndpointLimits limits,
            Clock clock,
            @Nullable SslContext trust) {
        this.limits = limits;
        this.clock = clock;
        this.connections =
                ConnectionProvider.builder("webhooks")
                        .maxConnections(Integer.MAX_VALUE)
                        .pendingAcquireMaxCount(-1)
                        .maxIdleTime(KEPT_IDLE)
                        .maxLifeTime(KEPT_AT_ALL)
                        .build();
        this.secure = verified(client(names, addresses::allows), trust);
        this.plain = client(names, addresses::isAllowedBesides);
    }

    private HttpClient client(NameLookup names, Predicate<InetAddress> allowed) {
        AddressGuard guard = new AddressGuard(allowed);
        return HttpClient.create(connections)
                .runOn(loops)
                .noProxy()
                .followRedirect(false)
                .compress(false)
                .protocol(HttpProtocol.HTTP11)
                .resolver(new CheckedAddresses(names, allowed))
                .doOnChannelInit((_, channel, _) -> channel.pipeline().addFirst(guard))
                .option(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        Math.toIntExact(limits.connect().toMillis()))
                .responseTimeout(limits.answer());
    }

    private static HttpClient verified(HttpClient client, @Nullable SslContext trust) {
        if (trust == null) {
            // Names in certificates are verified by default.
            return client.secure();
        }
        return client.secure(
                spec ->
                        spec.sslContext(trust)
                                .handlerConfigurator(
                                        handler -> {
                                            SSLEngine engine = handler.engine();
                                            SSLParameters parameters = engine.getSSLParameters();
                                            parameters.setEndpointIdentificationAlgorithm("HTTPS");
                                            engine.setSSLParameters(parameters);
                                        }));
    }

    @Override
    public Outcome send(Message message) {
        URI url = URI.create(message.url());
        HttpClient client = url.getScheme().equalsIgnoreCase("https") ? secure : plain;
        Outcome outcome =
                client.headers(fields -> addHeaders(fields, message))
                        .post()
                        .uri(url)
                        .send(Mono.fromSupplier(() -> body(message)))
                        .response(
                                (response, body) ->
                                        body.map(ByteBuf::readableBytes)
                                                .scan(0L, Long::sum)
                                                .takeUntil(read -> read > limits.bodyBytes())
                                                .take(limits.body())
                                                .onErrorComplete()
                                                .then(Mono.fromSupplier(() -> outcome(response))))
                        // Not next(), which would cut off a connection that can be kept.
                        .singleOrEmpty()
                        .retryWhen(ONCE_MORE)
                        .timeout(limits.total())
                        .onErrorResume(
                                failure ->
                                        Mono.just(
                                                new Failed(
                                                        null,
                                                        Failures.words(failure, url, limits),
                                                        null)))
                        .takeUntilOther(closed.asMono())
                        .block();
        return outcome == null ? new Unknown() : outcome;
    }

    private static ByteBuf body(Message message) {
        return Unpooled.wrappedBuffer(message.body());
    }

    private static void addHeaders(HttpHeaders fields, Message message) {
        fields.set(HttpHeaderNames.CONTENT_TYPE, MEDIA_TYPE);
        fields.set(HttpHeaderNames.CONTENT_LENGTH, message.body().length);
        fields.set(HttpHeaderNames.USER_AGENT, USER_AGENT);
        fields.set("webhook-id", message.id());
        fields.set("webhook-timestamp", Long.toString(message.timestamp()));
        fields.set("webhook-signature", message.signatures());
    }

    private Outcome outcome(HttpClientResponse response) {
        int status = response.status().code();
        if (status / 100 == 2) {
            return new Taken(status);
        }
        if (status == 410) {
            return new Gone(status);
        }
        Duration asked =
                RetryAfter.of(
                        response.responseHeaders().get(HttpHeaderNames.RETRY_AFTER),
                        clock.instant());
        return new Failed(status, words(status), asked);
    }

    private static String words(int status) {
        return status / 100 == 3
                ? "It answered "
                        + status
                        + ", a redirect, and redirects are not followed. Change the webhook's"
                        + " address to the one that takes messages."
                : String.format(Locale.ROOT, "It answered %d instead of 200 to 299.", status);
    }

    @Override
    public void close() {
        closed.tryEmitEmpty();
        connections
                .disposeLater()
                .then(loops.disposeLater(Duration.ZERO, Duration.ofSeconds(1)))
                .block();
    }
}
