package dev.cadastre.query.shared.http;

import dev.cadastre.http.config.BlockingWork;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The chunks of an answer, each made on a thread that may block once the socket has taken the one
 * before: a client that stops reading costs one chunk, and no thread.
 */
final class Portions {

    private final Iterator<byte[]> chunks;
    private final BlockingWork work;

    /**
     * An inner publisher makes nothing before it is subscribed to: those asked for ahead are cheap.
     */
    private final Mono<DataBuffer> portion = Mono.defer(this::next);

    /** The chunk that was made before anybody asked for one. */
    private volatile byte @Nullable [] first;

    private volatile boolean ended;

    Portions(Iterator<byte[]> chunks, BlockingWork work) {
        this.chunks = chunks;
        this.work = work;
    }

    /** Makes the first chunk, and says whether there is one. */
    Mono<Boolean> first() {
        return work.call(
                () -> {
                    first = chunk();
                    return !ended;
                });
    }

    /** All chunks, each to be flushed. For one subscriber. */
    Flux<Mono<DataBuffer>> all() {
        return Flux.generate(
                sink -> {
                    if (ended) {
                        sink.complete();
                    } else {
                        sink.next(portion);
                    }
                });
    }

    private Mono<DataBuffer> next() {
        byte[] made = first;
        first = null;
        if (made != null) {
            return Mono.just(buffer(made));
        }
        return ended ? Mono.empty() : work.<byte[]>call(this::chunk).map(Portions::buffer);
    }

    private byte @Nullable [] chunk() {
        if (chunks.hasNext()) {
            return chunks.next();
        }
        ended = true;
        return null;
    }

    private static DataBuffer buffer(byte[] bytes) {
        return DefaultDataBufferFactory.sharedInstance.wrap(bytes);
    }
}
