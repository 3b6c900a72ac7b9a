package dev.cadastre.http.limits;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.FutureMono;
import reactor.netty.NettyOutbound;

/**
 * Writes an answer by portions, of which the next is made when the socket has taken the one before.
 * Reactor Netty by itself asks for 128 of them at once, whatever they take, and has those wait that
 * a client does not read.
 */
public final class PacedWriting {

    private PacedWriting() {}

    /**
     * Writes and flushes the portions.
     *
     * @param portions made only when they are subscribed to; an empty one is passed over
     */
    public static Mono<Void> write(ServerHttpResponse response, Flux<Mono<DataBuffer>> portions) {
        AtomicReference<Channel> channel = new AtomicReference<>();
        NettyOutbound outbound = ServerHttpResponseDecorator.getNativeResponse(response);
        outbound.withConnection(connection -> channel.set(connection.channel()));
        // Writes are completed in their order, so this one is when those before it are.
        Mono<DataBuffer> taken =
                FutureMono.deferFuture(() -> channel.get().writeAndFlush(Unpooled.EMPTY_BUFFER))
                        .then(Mono.empty());
        return response.writeAndFlushWith(portions.map(portion -> portion.concatWith(taken)));
    }
}
