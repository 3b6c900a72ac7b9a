package dev.cadastre.http.limits;

import io.netty.channel.EventLoop;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.server.HttpServerRequest;

/**
 * Starts each request in a task of its own, once the event loop is done with the one before it.
 * Reactor Netty up to 1.3.7 no longer reads a connection on which a request that had to wait for
 * the one before it is answered at once, while it is still being handed over: the next request on
 * that connection would wait for ever (reactor-netty issue 4361).
 */
public final class AfterTheLastRequest implements HttpHandler {

    private final HttpHandler handler;

    public AfterTheLastRequest(HttpHandler handler) {
        this.handler = handler;
    }

    @Override
    public Mono<Void> handle(ServerHttpRequest request, ServerHttpResponse response) {
        HttpServerRequest received = ServerHttpRequestDecorator.getNativeRequest(request);
        AtomicReference<EventLoop> loop = new AtomicReference<>();
        received.withConnection(connection -> loop.set(connection.channel().eventLoop()));
        return Mono.defer(() -> handler.handle(request, response))
                .subscribeOn(Schedulers.fromExecutor(loop.get()));
    }
}
