package dev.cadastre.query.replay.http;

import dev.cadastre.query.replay.model.Replay;
import dev.cadastre.query.replay.model.ReplayMessage;
import dev.cadastre.query.shared.stream.StreamFormat;
import dev.cadastre.query.shared.stream.StreamSource;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The messages of one replay, at the speed asked for. */
final class ReplayFeed implements StreamSource {

    private static final int PORTION_BYTES = 48 << 10;

    /** A client that was slow for longer does not get what it missed all at once. */
    private static final long CATCHES_UP = TimeUnit.SECONDS.toNanos(1);

    private final Replay replay;
    private final ReplayRequest request;
    private final StreamFormat format;
    private final Runnable closed;
    private final long between;

    /** When the next change is due. */
    private long due = System.nanoTime();

    /**
     * @param closed run once, when nobody will ask any more
     */
    ReplayFeed(Replay replay, ReplayRequest request, StreamFormat format, Runnable closed) {
        this.replay = replay;
        this.request = request;
        this.format = format;
        this.closed = closed;
        this.between = request.speed() == 0 ? 0 : TimeUnit.SECONDS.toNanos(1) / request.speed();
    }

    @Override
    public Map<String, String> headers() {
        return Map.of("Log-Position", Long.toString(request.range().to().knownAt()));
    }

    @Override
    public @Nullable Step poll() {
        long wait = due - System.nanoTime();
        return wait > 0 ? new Step.Nothing(wait) : null;
    }

    @Override
    public Step next() {
        ByteArrayOutputStream portion = new ByteArrayOutputStream(PORTION_BYTES + (8 << 10));
        while (replay.hasNext() && portion.size() < PORTION_BYTES) {
            long wait = due - System.nanoTime();
            if (wait > 0) {
                return portion.size() == 0
                        ? new Step.Nothing(wait)
                        : new Step.Messages(portion.toByteArray());
            }
            if (portion.size() > 0 && !replay.isReady() && between > 0) {
                break;
            }
            write(replay.next(), portion);
        }
        return portion.size() == 0 ? Step.END : new Step.Messages(portion.toByteArray());
    }

    private void write(ReplayMessage message, ByteArrayOutputStream portion) {
        if (message instanceof ReplayMessage.Change) {
            due = Math.max(due, System.nanoTime() - CATCHES_UP) + between;
        }
        String id = new ReplayId(request.range(), message.point(), request.digest()).encode();
        format.write(portion, id, ReplayJson.kind(message), ReplayJson.of(message, id));
    }

    @Override
    public void close() {
        closed.run();
    }
}
